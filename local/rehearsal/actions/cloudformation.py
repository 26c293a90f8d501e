"""A CloudFormation action: a change set prepared or executed, a stack deployed or deleted."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from local.rehearsal.actions import ActionContext, ActionFailedError, ActionResult
from local.rehearsal.actions.change_set import ChangeSet
from local.rehearsal.actions.stack import Stack
from local.rehearsal.actions.stack_request import stack_request
from local.rehearsal.actions.waiting import TimeLimit
from local.rehearsal.definition import Action
from local.rehearsal.zips import pack

_DEFAULT_MINUTES = 3 * 24 * 60  # AWS: CodePipeline's "Quotas", CloudFormation deployment action
_NOT_UPDATABLE = "ROLLBACK_COMPLETE"


class CloudFormationRunner:
    """Runs the action modes CHANGE_SET_REPLACE, CHANGE_SET_EXECUTE, CREATE_UPDATE, DELETE_ONLY.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
    """

    def run(self, action: Action, context: ActionContext) -> ActionResult:
        """Run it to its end. Raises ActionFailedError with CloudFormation's reasons."""
        modes: Mapping[str, Callable[[_Call], ActionResult]] = {
            "CHANGE_SET_REPLACE": _replace_change_set,
            "CHANGE_SET_EXECUTE": _execute_change_set,
            "CREATE_UPDATE": _create_or_update,
            "DELETE_ONLY": _delete,
        }
        mode = action.configuration.get("ActionMode", "")
        if mode not in modes:
            raise ActionFailedError(
                f"A rehearsal cannot run ActionMode {mode!r}, only {', '.join(modes)}."
            )
        try:
            return modes[mode](_Call(action, context))
        except ClientError as error:
            raise ActionFailedError(error.response["Error"]["Message"]) from None


class _Call:
    """One action with what it works on."""

    def __init__(self, action: Action, context: ActionContext) -> None:
        self.action = action
        self.context = context
        client: Any = context.client("cloudformation")
        limit = TimeLimit(action, context, _DEFAULT_MINUTES)
        self.stack = Stack(client, self.setting("StackName"), limit, context.log)
        self.client = client
        self.limit = limit

    def setting(self, name: str) -> str:
        """A required setting of the configuration."""
        value = self.action.configuration.get(name)
        if not value:
            raise ActionFailedError(f"The action's configuration has no {name}.")
        return value

    def change_set(self) -> ChangeSet:
        """The change set that the configuration names."""
        name = self.setting("ChangeSetName")
        return ChangeSet(self.client, self.stack.name, name, self.limit)

    def done(self, summary: str) -> ActionResult:
        """The result, with the stack's outputs as variables and as the file that is asked for."""
        outputs = self.stack.outputs()
        file = self.action.configuration.get("OutputFileName")
        artifacts = {}
        if file and self.action.outputs:
            written = self.context.folder / "outputs.json"
            written.write_text(json.dumps(outputs))
            [name] = self.action.outputs
            artifacts[name] = pack({file: written}, self.context.folder / f"{name}.zip")
        self.context.log.say(summary)
        return ActionResult(outputs=artifacts, variables=outputs, summary=summary)


def _replace_change_set(call: _Call) -> ActionResult:
    status = call.stack.status()
    if status == _NOT_UPDATABLE:
        raise ActionFailedError(
            f"Stack {call.stack.name} is in {status} state and can not be updated. Its creation "
            "failed earlier; CodePipeline does not delete it. `aws cloudformation delete-stack "
            f"--stack-name {call.stack.name}` does, then release again."
        )
    change_set = call.change_set()
    change_set.delete()
    kind = "CREATE" if status in (None, "REVIEW_IN_PROGRESS") else "UPDATE"
    changes = change_set.create(kind, stack_request(call.action, call.context))
    for line in changes:
        call.context.log.say(line)
    count = f"{len(changes) or 'no'} {'change' if len(changes) == 1 else 'changes'}"
    return ActionResult(summary=f"{call.stack.name}: {count}")


def _execute_change_set(call: _Call) -> ActionResult:
    change_set = call.change_set()
    if change_set.is_empty():
        return call.done(f"{call.stack.name}: no changes")
    call.stack.change(change_set.execute)
    return call.done(f"{call.stack.name}: {call.stack.status()}")


def _create_or_update(call: _Call) -> ActionResult:
    status = call.stack.status()
    if status == _NOT_UPDATABLE:
        raise ActionFailedError(f"Stack exists but with non-updatable status: {status}")
    change = call.client.create_stack if status is None else call.client.update_stack
    request = stack_request(call.action, call.context)
    try:
        call.stack.change(lambda: change(StackName=call.stack.name, **request))
    except ClientError as error:
        if "No updates are to be performed" not in str(error):
            raise
        return call.done(f"{call.stack.name}: no changes")
    return call.done(f"{call.stack.name}: {call.stack.status()}")


def _delete(call: _Call) -> ActionResult:
    if call.stack.status() is None:
        return ActionResult(summary=f"{call.stack.name}: not there")
    role = call.action.configuration.get("RoleArn")
    more = {"RoleARN": role} if role else {}
    call.stack.delete(lambda: call.client.delete_stack(StackName=call.stack.name, **more))
    return ActionResult(summary=f"{call.stack.name}: deleted")
