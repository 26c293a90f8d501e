"""Version 1: a fixed stock, with one route of each kind of access."""
