"""What a run found of one API."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_REFUSED = (401, 403)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One check that did not hold for one operation, with the shortest request that shows it.

    ``title`` and ``reason`` are schemathesis's words; ``sent`` has no credentials; ``times`` is how
    often it was seen.
    """

    operation: str
    check: str
    title: str
    reason: str
    sent: str = ""
    came: str = ""
    times: int = 1


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one API. ``throttled`` are the requests that were answered 429 to the end.

    ``finished`` is False where schemathesis stopped half-way.
    """

    requests: int
    throttled: int
    findings: tuple[Finding, ...]
    finished: bool


def not_tested(operation: str, statuses: Counter[int], credentials: bool) -> Iterator[Finding]:
    """Why the answers to an operation, counted by status, tell nothing of it.

    ``credentials`` says whether it was called with credentials of ours.
    """
    total = sum(statuses.values())
    if statuses[429] > total / 2:
        reason = "Its plan, or what is left of its quota, allows fewer requests than the rate."
        yield _untested(operation, f"{statuses[429]} of {total} requests were throttled", reason)
    if not credentials:
        return
    refused = sum(statuses[status] for status in _REFUSED)
    if statuses[401]:
        reason = "They were good when it began. Tokens are good for an hour."
        yield _untested(operation, f"{statuses[401]} of {total} valid tokens were refused", reason)
    elif refused == total:
        reason = "Is the key on a plan of this API?"
        yield _untested(operation, f"all {total} valid credentials were refused", reason)


def _untested(operation: str, title: str, reason: str) -> Finding:
    return Finding(operation=operation, check="credentials", title=title, reason=reason)
