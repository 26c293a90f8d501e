"""A change set of a stack: created anew, and executed."""

import contextlib
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from local.rehearsal.actions import ActionFailedError
from local.rehearsal.actions.waiting import TimeLimit

_WAIT = 0.1
# What CloudFormation says of a change set that would change nothing.
_EMPTY = ("didn't contain changes", "No updates are to be performed")


class ChangeSet:
    """A change set by the names of its stack and its own."""

    def __init__(self, client: Any, stack: str, name: str, limit: TimeLimit) -> None:
        self._client = client
        self._names = {"StackName": stack, "ChangeSetName": name}
        self._limit = limit

    def delete(self) -> None:
        """Delete it if it is there."""
        with contextlib.suppress(ClientError):  # neither stack nor change set is there yet
            self._client.delete_change_set(**self._names)

    def create(self, kind: str, request: Mapping[str, Any]) -> list[str]:
        """Create it, of the kind CREATE or UPDATE. What it changes, a line for each resource.

        Raises ActionFailedError when CloudFormation cannot make it.
        """
        self._client.create_change_set(**self._names, ChangeSetType=kind, **request)
        found = self._described()
        while found["Status"].endswith(("_IN_PROGRESS", "_PENDING")):
            self._limit.wait(_WAIT, f"Change set {self._names['ChangeSetName']} was not made")
            found = self._described()
        if found["Status"] == "FAILED" and not _is_empty(found):
            raise ActionFailedError(f"The change set failed: {found.get('StatusReason')}")
        return [_line(change["ResourceChange"]) for change in found.get("Changes", ())]

    def is_empty(self) -> bool:
        """Whether it would change nothing. Raises ClientError when it is not there."""
        return _is_empty(self._described())

    def execute(self) -> None:
        """Begin to execute it."""
        self._client.execute_change_set(**self._names)

    def _described(self) -> dict[str, Any]:
        found: dict[str, Any] = self._client.describe_change_set(**self._names)
        changes, token = list(found.get("Changes", ())), found.get("NextToken")
        while token:
            more = self._client.describe_change_set(**self._names, NextToken=token)
            changes += more.get("Changes", ())
            token = more.get("NextToken")
        return {**found, "Changes": changes}


def _is_empty(found: Mapping[str, Any]) -> bool:
    reason = found.get("StatusReason", "")
    return found["Status"] == "FAILED" and any(text in reason for text in _EMPTY)


def _line(change: Mapping[str, Any]) -> str:
    replaced = change.get("Replacement")
    how = f" (replacement: {replaced})" if replaced in ("True", "Conditional") else ""
    return f"{change['Action']} {change['ResourceType']} {change['LogicalResourceId']}{how}"
