"""A backend that answers from its contract."""
