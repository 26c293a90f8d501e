"""Entity tags: by them a client says which revision it has seen (RFC 9110, 8.8 and 13)."""

import re

ANY = "*"
# A client has seen one or two. DynamoDB compares with a hundred at most.
_MOST = 50

_TAG = r'(?:W/)?"[\x21\x23-\x7e]*"'
_LIST = re.compile(rf"\s*{_TAG}(?:\s*,\s*{_TAG})*\s*")


class InvalidETagError(Exception):
    """The If-Match header is no list of entity tags."""

    def __init__(self) -> None:
        super().__init__(f'If-Match must be *, or 1 to {_MOST} ETags in quotes such as "1f3a"')


def etag(revision: str) -> str:
    """The strong entity tag of a revision."""
    return f'"{revision}"'


def revisions(if_match: str) -> tuple[str, ...] | None:
    """The revisions that If-Match admits; None for ``*``, which admits all.

    Raises InvalidETagError. A weak tag (``W/"..."``) never matches: If-Match compares strongly.
    """
    if if_match.strip() == ANY:
        return None
    tags = re.findall(_TAG, if_match)
    if not _LIST.fullmatch(if_match) or len(tags) > _MOST:
        raise InvalidETagError
    return tuple(tag.strip('"') for tag in tags if not tag.startswith("W/"))
