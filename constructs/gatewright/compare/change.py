"""What a comparison of two documents finds."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["breaking", "compatible", "documentation"]
"""``breaking``: a caller of the old document may fail, or understand wrongly. ``compatible``: none
does. ``documentation``: nothing but words for people changed."""

Side = Literal["old", "new"]
"""Which of the two documents."""

CANNOT_BE_COMPARED = "cannot-be-compared"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference, judged.

    ``kind`` is a key of ``gatewright.compare.rules.RULES``, such as ``operation-removed``.
    ``operation`` is like ``POST /foods``, as the new document has it if it has it, and empty for
    the whole API; ``operation_id`` is its operationId, or empty. ``place`` tells people where in
    the operation: ``request body, foods[].name``. ``pointer`` is a JSON pointer (RFC 6901) into
    the document that ``document`` names. ``text`` is what changed and ``why`` the reason of the
    verdict.
    """

    kind: str
    verdict: Verdict
    operation: str
    operation_id: str
    place: str
    pointer: str
    text: str
    why: str
    document: Side = "new"


class CompareError(ValueError):
    """A document cannot be compared at all: what is wrong with it, where, and what to do."""
