"""Version 2: foods as resources, kept in a table."""
