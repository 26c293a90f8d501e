"""The code of functions stays on disk until no saved state names it.

ministack keeps each code zip in a file of its own, and deletes those that a state does not name
while that state is being taken. A server that is killed in between leaves an earlier state whose
functions have no code.
"""

from __future__ import annotations

from local.gaps.patch import Function, Patch

LAMBDA = "ministack.services.lambda_svc"
_named: list[set[str]] = []  # by the state that was taken last


def later(_original: Function) -> Function:
    """Note what is named, and delete nothing yet."""

    def prune_orphans(referenced: set[str]) -> None:
        _named[:] = [referenced]

    return prune_orphans


def prune() -> None:
    """Delete what the state that was taken last does not name; it has been written."""
    from ministack.services import lambda_svc

    for referenced in _named:
        lambda_svc._prune_orphan_code_blobs.__wrapped__(referenced)
    _named.clear()


PATCHES = (Patch(LAMBDA, "_prune_orphan_code_blobs", later),)
