"""What ends an action with a message of its own."""


class CheckError(Exception):
    """An action cannot do its work. The text says why, and is shown as it is."""
