"""In which order routing rules are asked: the lowest number first."""

import hashlib
from collections.abc import Iterable

_BAND = 10_000
_HEADER_BAND = 10
_DEEPEST = 9


def path_priority(base_path: str, taken: Iterable[int] = ()) -> int:
    """Of a rule for a base path: a longer one is asked before its beginning."""
    depth = min(base_path.count("/") + 1, _DEEPEST)
    return _free(_HEADER_BAND - depth, base_path, set(taken))


def header_priority(name: str, taken: Iterable[int] = ()) -> int:
    """Of a rule for a header: after every path, which says a version more plainly."""
    return _free(_HEADER_BAND, name, set(taken))


def _free(band: int, name: str, taken: set[int]) -> int:
    """A number that comes from the name alone.

    Counted through, a new API would move the rules after it, and CloudFormation cannot give a rule
    a number that another one still has. AWS: "Routing rules to connect API stages to a custom
    domain name for REST APIs": 1 to 1,000,000, each once.
    """
    first = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])
    numbers = (band * _BAND + (first + step) % _BAND for step in range(_BAND))
    return next(number for number in numbers if number not in taken)
