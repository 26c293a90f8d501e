"""The version of a release, which follows from what changed (Semantic Versioning 2.0.0)."""

import re
from collections.abc import Iterable

from gatewright.compare.change import Change

_API_VERSION = re.compile(r"v([1-9][0-9]*)\Z")
_PUBLISHED = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\Z")


def is_api_version(text: str) -> bool:
    """Whether it is like ``v2``."""
    return _API_VERSION.match(text) is not None


def next_version(published: str | None, changes: Iterable[Change], *, api_version: str) -> str:
    """What the next release is called, after ``published``, or for the first time.

    ``api_version`` is like ``v2``, whose first release is 2.0.0. A breaking change makes the next
    major version, another one a minor, documentation alone a patch; without changes the version
    stays. Raises ValueError for a version that is neither ``1.2.3`` nor ``v1``.
    """
    api = _API_VERSION.match(api_version)
    if api is None:
        raise ValueError(f"the API version {api_version!r} is not like v1: v and a number from 1")
    if published is None:
        return f"{api[1]}.0.0"
    found = _PUBLISHED.match(published)
    if found is None:
        raise ValueError(
            f"the published version {published!r} is not like 1.2.3: three numbers and points"
        )
    major, minor, patch = map(int, found.groups())
    verdicts = {change.verdict for change in changes}
    if "breaking" in verdicts:
        return f"{major + 1}.0.0"
    if "compatible" in verdicts:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}" if verdicts else published
