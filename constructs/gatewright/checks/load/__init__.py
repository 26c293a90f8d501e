"""A load check: how many requests an environment serves, and how fast."""
