"""A check by an outside service, such as one that tests or monitors."""
