"""Stages and actions in CodePipeline's order, with fakes for what they do."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.embedded_aws import LocalError
from local.rehearsal.actions import ActionContext, ActionResult
from local.rehearsal.definition import Action
from local.rehearsal.engine import RESTARTS
from local.rehearsal.execution import State
from local.rehearsal.one_rehearsal import only_rehearsal
from tests.unit.local.rehearsal.pipelines import (
    Rehearsal,
    action,
    fails,
    gives,
    pipeline,
    stage,
    states,
)


def test_stages_and_run_orders_in_their_order(tmp_path: Path) -> None:
    build = stage("build", action("second", run_order=2), action("first", run_order=1))
    rehearsal = Rehearsal(tmp_path, pipeline(stage("source"), build, stage("prod")))
    [execution] = rehearsal.run()
    assert rehearsal.fake.ran == ["source.source", "build.first", "build.second", "prod.prod"]
    assert execution.state == State.SUCCEEDED
    assert rehearsal.watching.told[:5] == [
        "FORWARD InProgress",
        "source InProgress",
        "source.source InProgress",
        "source.source Succeeded",
        "source Succeeded",
    ]
    assert rehearsal.watching.told[-1] == "FORWARD Succeeded"


def test_actions_of_one_run_order_run_at_the_same_time(tmp_path: Path) -> None:
    both = threading.Barrier(2, timeout=5)

    def meet(_action: Action, _context: ActionContext) -> None:
        both.wait()

    rehearsal = Rehearsal(tmp_path, pipeline(stage("test", action("a"), action("b"))))
    rehearsal.fake.does = {"a": meet, "b": meet}
    [execution] = rehearsal.run()
    assert execution.state == State.SUCCEEDED


def test_when_one_fails_its_group_ends_and_nothing_follows(tmp_path: Path) -> None:
    test = stage("test", action("bad"), action("beside"), action("after", run_order=2))
    rehearsal = Rehearsal(tmp_path, pipeline(test, stage("prod")))
    failed = threading.Event()

    def fail(act: Action, context: ActionContext) -> ActionResult:
        failed.set()
        return fails("check 3 failed")(act, context)

    def wait(_action: Action, _context: ActionContext) -> None:
        failed.wait(5)

    rehearsal.fake.does = {"bad": fail, "beside": wait}
    [execution] = rehearsal.run()
    assert sorted(rehearsal.fake.ran) == ["test.bad", "test.beside"]
    assert states(execution) == [State.FAILED, State.WAITING]
    assert [a.state for a in execution.stages[0].actions] == [
        State.FAILED,
        State.SUCCEEDED,
        State.WAITING,
    ]
    bad = execution.stages[0].actions[0]
    assert bad.reason == "check 3 failed"
    assert bad.log is not None
    assert "check 3 failed" in bad.log.read_text()
    assert execution.state == State.FAILED


def test_a_runner_that_breaks_fails_its_action(tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path, pipeline(stage("test")))
    rehearsal.fake.does = {"test": lambda _a, _c: 1 / 0}  # type: ignore[dict-item,return-value]
    [execution] = rehearsal.run()
    assert execution.stages[0].actions[0].reason == "ZeroDivisionError: division by zero"


def test_a_provider_that_nobody_runs(tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path, pipeline(stage("test", action("x", provider="Snyk"))))
    [execution] = rehearsal.run()
    assert "provider 'Snyk'" in execution.stages[0].actions[0].reason


def test_artifacts_are_kept_here_and_in_the_bucket(tmp_path: Path) -> None:
    taken: dict[str, Path] = {}
    build = action("build", outputs=("Assembly-of-the-platform",))
    deploy = action("deploy", inputs=("Assembly-of-the-platform",))
    rehearsal = Rehearsal(tmp_path, pipeline(stage("build", build), stage("prod", deploy)))

    def take(_action: Action, context: ActionContext) -> None:
        taken.update(context.inputs)

    rehearsal.fake.does = {"deploy": take}
    [execution] = rehearsal.run()
    assert execution.state == State.SUCCEEDED
    [(bucket, key)] = rehearsal.bucket.objects
    assert bucket == "artifacts"
    assert key.startswith("release/Assembly-o/")
    file = taken["Assembly-of-the-platform"]
    assert file.is_relative_to(execution.folder or Path())
    assert rehearsal.bucket.objects[bucket, key] == file.read_bytes()


def test_an_artifact_that_is_not_given_fails_the_action(tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path, pipeline(stage("build", action("build", outputs=("out",)))))
    rehearsal.fake.does = {"build": gives()}
    [execution] = rehearsal.run()
    assert execution.stages[0].actions[0].reason == "The action did not give its artifact out."


def test_variables_are_resolved(tmp_path: Path) -> None:
    give = action("give", namespace="Source")
    take = action(
        "take", configuration={"text": "#{Source.Id} of #{codepipeline.PipelineExecutionId}"}
    )
    rehearsal = Rehearsal(tmp_path, pipeline(stage("source", give), stage("test", take)))
    rehearsal.fake.does = {"give": gives(Id="abc")}
    [execution] = rehearsal.run()
    assert rehearsal.fake.seen["take"] == {"text": f"abc of {execution.id}"}


def test_an_unknown_variable_fails_the_action(tmp_path: Path) -> None:
    take = action("take", configuration={"text": "#{Source.Id}"})
    rehearsal = Rehearsal(tmp_path, pipeline(stage("test", take)))
    [execution] = rehearsal.run()
    assert "#{Source.Id}, which no earlier action" in execution.stages[0].actions[0].reason


def test_a_pipeline_that_changed_itself_begins_again(tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path, pipeline(stage("source"), stage("update"), stage("old")))

    def update(_action: Action, _context: ActionContext) -> None:
        rehearsal.definition = pipeline(stage("source"), stage("update"), stage("new"), version=2)

    rehearsal.fake.does = {"update": update}
    first, second = rehearsal.run()
    assert rehearsal.fake.ran == [
        *("source.source", "update.update"),
        *("source.source", "update.update", "new.new"),
    ]
    assert first.state == State.SUPERSEDED
    assert "from version 1 to 2" in first.note
    assert (second.state, second.revision) == (State.SUCCEEDED, first.revision)
    assert first.id != second.id


def test_a_pipeline_that_changes_itself_for_ever_is_ended(tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path, pipeline(stage("update")))

    def update(_action: Action, _context: ActionContext) -> None:
        rehearsal.definition = pipeline(stage("update"), version=rehearsal.definition.version + 1)

    rehearsal.fake.does = {"update": update}
    with pytest.raises(LocalError, match="changed itself 4 times"):
        rehearsal.run()
    assert len(rehearsal.fake.ran) == RESTARTS + 1


def test_a_stage_is_retried_once(tmp_path: Path) -> None:
    for mode, ran in (("FAILED_ACTIONS", 3), ("ALL_ACTIONS", 4)):
        test = stage("test", action("good"), action("bad"), on_failure="RETRY", retry_mode=mode)
        rehearsal = Rehearsal(tmp_path / mode, pipeline(test))
        rehearsal.fake.does = {"bad": fails()}
        [execution] = rehearsal.run()
        assert len(rehearsal.fake.ran) == ran
        assert execution.state == State.FAILED
        assert mode in execution.note


def test_a_retry_that_succeeds_goes_on(tmp_path: Path) -> None:
    test = stage("test", on_failure="RETRY")
    rehearsal = Rehearsal(tmp_path, pipeline(test, stage("prod")))

    def once(act: Action, context: ActionContext) -> ActionResult | None:
        return fails()(act, context) if len(rehearsal.fake.ran) == 1 else None

    rehearsal.fake.does = {"test": once}
    [execution] = rehearsal.run()
    assert execution.state == State.SUCCEEDED
    assert rehearsal.fake.ran == ["test.test", "test.test", "prod.prod"]
    assert execution.stages[0].actions[0].reason == ""
    assert sorted(p.name for p in (execution.folder or tmp_path).glob("test/*")) == [
        "test",
        "test.2",
    ]


@pytest.fixture
def interruptible() -> Iterator[None]:
    """SIGINT as a terminal's processes have it; what runs in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_ends_what_runs(tmp_path: Path, interruptible: None) -> None:  # noqa: ARG001
    rehearsal = Rehearsal(tmp_path, pipeline(stage("test", action("waits")), stage("prod")))
    stopped = []

    def wait(_action: Action, context: ActionContext) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        stopped.append(context.stopped.wait(10))

    rehearsal.fake.does = {"waits": wait}
    with pytest.raises(KeyboardInterrupt):
        rehearsal.run()
    assert stopped == [True]
    assert rehearsal.watching.told[-1] == "FORWARD Failed"


def test_conditions_are_refused(tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path, pipeline(stage("prod", conditions=("beforeEntry",))))
    with pytest.raises(LocalError, match=r"prod \(beforeEntry\)"):
        rehearsal.run()


def test_a_second_rehearsal_says_what_runs(tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path, pipeline(stage("source")))
    with (
        only_rehearsal(tmp_path, "abc (Sell tea)"),
        pytest.raises(LocalError, match=r"runs abc \(Sell tea\) since \d\d:"),
    ):
        rehearsal.run()
    assert rehearsal.fake.ran == []
