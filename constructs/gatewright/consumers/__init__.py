"""Who may call an API, and how often."""
