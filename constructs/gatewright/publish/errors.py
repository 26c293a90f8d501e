"""What keeps a release from being published."""


class PublishError(Exception):
    """A step of publishing failed. The text says which, why, and what to do."""
