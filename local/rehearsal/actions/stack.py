"""A stack that an action changes: waited for, and asked why it failed."""

from collections.abc import Callable, Iterator
from typing import Any

from botocore.exceptions import ClientError

from local.rehearsal.action_log import ActionLog
from local.rehearsal.actions import ActionFailedError
from local.rehearsal.actions.waiting import TimeLimit

_FIRST_WAIT, _LONGEST_WAIT = 0.05, 2.0
_SHOWN = 3
# How the end of a change reads that did what it should.
_GOOD = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE", "DELETE_COMPLETE")


class Stack:
    """A stack by its name, in one account and region. What happens to it goes to the log."""

    def __init__(self, client: Any, name: str, limit: TimeLimit, log: ActionLog) -> None:
        self.name = name
        self._client = client
        self._limit = limit
        self._log = log

    def status(self) -> str | None:
        """Its status, or None when there is no such stack."""
        found = self._found(self.name)
        return None if found is None else str(found["StackStatus"])

    def outputs(self) -> dict[str, str]:
        """Its outputs by key."""
        found = self._found(self.name) or {}
        return {item["OutputKey"]: item["OutputValue"] for item in found.get("Outputs", ())}

    def change(self, begin: Callable[[], object]) -> None:
        """Begin a change and wait for its end. Raises ActionFailedError with the first reasons."""
        seen = {event["EventId"] for event in self._events(self.name)}
        begin()
        status = self._settled(self.name, seen)
        if status not in _GOOD:
            raise ActionFailedError(self._reasons(status, seen))

    def delete(self, begin: Callable[[], object]) -> None:
        """Begin the deletion and wait for its end. Raises ActionFailedError."""
        found = self._found(self.name) or {}
        identity = found["StackId"]  # its name is free again once it is gone
        seen = {event["EventId"] for event in self._events(identity)}
        begin()
        status = self._settled(identity, seen)
        if status not in ("DELETE_COMPLETE", None):
            raise ActionFailedError(self._reasons(status, seen))

    def _settled(self, identity: str, seen: set[str]) -> str | None:
        logged, wait = set(seen), _FIRST_WAIT
        while True:
            found = self._found(identity)
            self._say_new(identity, logged)
            if found is None or not found["StackStatus"].endswith("_IN_PROGRESS"):
                return None if found is None else str(found["StackStatus"])
            self._limit.wait(wait, f"Stack {self.name} did not come to rest")
            wait = min(2 * wait, _LONGEST_WAIT)

    def _say_new(self, identity: str, logged: set[str]) -> None:
        new = [event for event in self._events(identity) if event["EventId"] not in logged]
        for event in reversed(new):
            logged.add(event["EventId"])
            reason = event.get("ResourceStatusReason", "")
            self._log.say(
                f"{event['ResourceStatus']} {event['ResourceType']} "
                f"{event['LogicalResourceId']} {reason}".rstrip()
            )

    def _reasons(self, status: str | None, seen: set[str]) -> str:
        new = [event for event in self._events(self.name) if event["EventId"] not in seen]
        failed = [
            f"{event['ResourceType']} {event['LogicalResourceId']}: "
            f"{event.get('ResourceStatusReason', event['ResourceStatus'])}"
            for event in reversed(new)
            if event["ResourceStatus"].endswith("_FAILED") and not _is_a_consequence(event)
        ]
        listed = "; ".join(failed[:_SHOWN]) or "CloudFormation gave no reason"
        return f"Stack {self.name} ended as {status}. {listed}"

    def _events(self, identity: str) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator("describe_stack_events").paginate(StackName=identity)
        try:
            for page in pages:
                yield from page["StackEvents"]
        except ClientError as error:
            if "does not exist" not in str(error):
                raise

    def _found(self, identity: str) -> dict[str, Any] | None:
        try:
            [stack] = self._client.describe_stacks(StackName=identity)["Stacks"]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise
        found: dict[str, Any] = stack
        return found


def _is_a_consequence(event: dict[str, Any]) -> bool:
    """CloudFormation cancels what runs beside the resource that failed."""
    return "cancelled" in event.get("ResourceStatusReason", "").lower()
