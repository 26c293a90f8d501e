"""Runs one stage: groups of actions in their order, those of one group at the same time."""

import threading
from collections import defaultdict

from local.rehearsal.action_run import ActionRun, Given
from local.rehearsal.definition import Action, Stage
from local.rehearsal.execution import ActionExecution, Observer, StageExecution, State
from local.rehearsal.run import Run

# What an interrupted action has to end what it started.
_END_SECONDS = 20


class StageRun:
    """Runs stages as CodePipeline does: in a group that fails, the others run to their end."""

    def __init__(self, actions: ActionRun, observer: Observer, stopped: threading.Event) -> None:
        self._actions = actions
        self._observer = observer
        self._stopped = stopped

    def run(self, run: Run, stage: Stage, record: StageExecution) -> bool:
        """Whether it succeeded. A stage that is set to ``RETRY`` is run once more when it fails."""
        self._tell(run, record, State.IN_PROGRESS)
        succeeded = self._groups(run, stage, record)
        if not succeeded and stage.on_failure == "RETRY":
            run.execution.note = (
                f"Stage {stage.name} failed and was retried once, as its onFailure says "
                f"({stage.retry_mode})."
            )
            _again(record, stage.retry_mode)
            succeeded = self._groups(run, stage, record)
        self._tell(run, record, State.SUCCEEDED if succeeded else State.FAILED)
        return succeeded

    def _groups(self, run: Run, stage: Stage, record: StageExecution) -> bool:
        records = {action.name: action for action in record.actions}
        for group in _in_order(stage):
            left = [action for action in group if records[action.name].state != State.SUCCEEDED]
            if not self._together(run, left, records):
                return False
        return True

    def _together(self, run: Run, group: list[Action], records: dict[str, ActionExecution]) -> bool:
        given: dict[str, Given | None] = {}
        # Not Thread.join, which takes a thread for ended after a Ctrl-C interrupted it.
        ended = {action.name: threading.Event() for action in group}

        def one(action: Action) -> None:
            try:
                given[action.name] = self._actions.run(run, action, records[action.name])
            finally:
                ended[action.name].set()

        try:
            for action in group:
                # Daemons: one that hangs after Ctrl-C does not keep the command from ending.
                threading.Thread(target=one, args=(action,), daemon=True).start()
            for event in ended.values():
                event.wait()
        except KeyboardInterrupt:
            self._stopped.set()
            for action in group:
                if records[action.name].state == State.IN_PROGRESS:
                    ended[action.name].wait(_END_SECONDS)
            raise
        for action in group:
            _take(run, action, given.get(action.name))
        return all(given.get(action.name) for action in group)

    def _tell(self, run: Run, record: StageExecution, state: State) -> None:
        record.state = state
        self._observer.stage_changed(run.execution, record)


def _in_order(stage: Stage) -> list[list[Action]]:
    groups: dict[int, list[Action]] = defaultdict(list)
    for action in stage.actions:
        groups[action.run_order].append(action)
    return [groups[order] for order in sorted(groups)]


def _again(record: StageExecution, mode: str) -> None:
    for action in record.actions:
        if mode == "ALL_ACTIONS" or action.state != State.SUCCEEDED:
            action.state = State.WAITING


def _take(run: Run, action: Action, given: Given | None) -> None:
    if given is None:
        return
    run.artifacts.update(given.artifacts)
    if action.namespace:
        run.variables[action.namespace] = dict(given.variables)
