"""What a failed stage is rolled back to (AWS: "Configuring stage rollback")."""

from pathlib import Path

from local.rehearsal.actions import ActionContext
from local.rehearsal.definition import Action
from local.rehearsal.engine import Revision
from local.rehearsal.execution import State
from local.rehearsal.keeping import KEPT
from tests.unit.local.rehearsal.pipelines import (
    Rehearsal,
    action,
    fails,
    gives,
    pipeline,
    stage,
)

GOOD = Revision(id="1" * 40, subject="Sell tea")
BAD = Revision(id="2" * 40, subject="Sell nothing")


def release(version: int = 1, on_failure: str = "ROLLBACK") -> Rehearsal:
    build = action("build", outputs=("assembly",))
    deploy = action("deploy", inputs=("assembly",))
    smoke = action("smoke", run_order=2)
    return Rehearsal(
        Path(),
        pipeline(
            stage("build", build),
            stage("prod", deploy, smoke, on_failure=on_failure),
            version=version,
        ),
    )


def test_the_stage_runs_again_with_what_succeeded(tmp_path: Path) -> None:
    rehearsal = release()
    rehearsal.folder = tmp_path
    [first] = rehearsal.run(GOOD)
    deployed: list[bytes] = []
    rehearsal.fake.ran.clear()

    def deploy(_action: Action, context: ActionContext) -> None:
        deployed.append(context.inputs["assembly"].read_bytes())

    def smoke(act: Action, context: ActionContext) -> None:
        if context.execution.kind == "FORWARD":
            fails("prod is slow")(act, context)

    rehearsal.fake.does = {"deploy": deploy, "smoke": smoke}
    failed, rollback = rehearsal.run(BAD)
    assert rehearsal.fake.ran == [
        *("build.build", "prod.deploy", "prod.smoke"),
        *("prod.deploy", "prod.smoke"),
    ]
    assert (failed.state, rollback.state) == (State.FAILED, State.SUCCEEDED)
    assert (rollback.kind, rollback.rolls_back, rollback.target) == (
        "ROLLBACK",
        failed.id,
        first.id,
    )
    assert (rollback.revision, rollback.subject) == (GOOD.id, GOOD.subject)
    assert [s.name for s in rollback.stages] == ["prod"]
    assert deployed[1] == next(iter(first_artifacts(first.folder or tmp_path)))
    assert f"rolled back to execution {first.id}" in failed.note


def first_artifacts(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.glob("build/build/assembly.zip")]


def test_variables_are_those_of_the_target(tmp_path: Path) -> None:
    rehearsal = release()
    rehearsal.folder = tmp_path
    rehearsal.definition = pipeline(
        stage("build", action("build", namespace="Build")),
        stage("prod", action("deploy", configuration={"u": "#{Build.u}"}), on_failure="ROLLBACK"),
    )
    rehearsal.fake.does = {"build": gives(u="good")}
    rehearsal.run(GOOD)

    def deploy(act: Action, context: ActionContext) -> None:
        if context.execution.kind == "FORWARD":
            fails()(act, context)

    rehearsal.fake.does = {"build": gives(u="bad"), "deploy": deploy}
    rehearsal.run(BAD)
    assert rehearsal.fake.seen["deploy"] == {"u": "good"}


def test_nothing_to_roll_back_to_is_said(tmp_path: Path) -> None:
    rehearsal = release()
    rehearsal.folder = tmp_path
    rehearsal.fake.does = {"smoke": fails()}
    [failed] = rehearsal.run(BAD)
    assert "could not be rolled back" in failed.note
    assert "current structure version of the pipeline, which is 1" in failed.note


def test_an_execution_of_an_earlier_version_is_none(tmp_path: Path) -> None:
    rehearsal = release()
    rehearsal.folder = tmp_path
    rehearsal.run(GOOD)
    rehearsal.definition = release(version=2).definition
    rehearsal.fake.does = {"smoke": fails()}
    [failed] = rehearsal.run(BAD)
    assert "could not be rolled back" in failed.note


def test_another_pipeline_of_the_same_version_is_none(tmp_path: Path) -> None:
    """An embedded AWS that was reset counts from 1 again."""
    rehearsal = release()
    rehearsal.folder = tmp_path
    rehearsal.run(GOOD)
    build, prod = rehearsal.definition.stages
    rehearsal.definition = pipeline(build, stage("lint"), prod)
    rehearsal.fake.does = {"smoke": fails()}
    [failed] = rehearsal.run(BAD)
    assert "could not be rolled back" in failed.note


def test_a_rollback_is_no_target_and_not_rolled_back(tmp_path: Path) -> None:
    rehearsal = release()
    rehearsal.folder = tmp_path
    [first] = rehearsal.run(GOOD)
    rehearsal.fake.does = {"smoke": fails()}
    failed, rollback = rehearsal.run(BAD)
    assert (failed.state, rollback.state) == (State.FAILED, State.FAILED)
    _failed, again = rehearsal.run(BAD)
    assert again.target == first.id


def test_a_stage_with_a_source_is_not_rolled_back(tmp_path: Path) -> None:
    source = stage("source", action("source", category="Source"), on_failure="ROLLBACK")
    rehearsal = Rehearsal(tmp_path, pipeline(source))
    rehearsal.run(GOOD)
    rehearsal.fake.does = {"source": fails()}
    [failed] = rehearsal.run(BAD)
    assert "cannot roll back" in failed.note


def test_artifacts_that_were_removed_are_none(tmp_path: Path) -> None:
    rehearsal = release()
    rehearsal.folder = tmp_path
    [first] = rehearsal.run(GOOD)
    for file in (first.folder or tmp_path).rglob("*.zip"):
        file.unlink()
    rehearsal.fake.does = {"smoke": fails()}
    [failed] = rehearsal.run(BAD)
    assert "could not be rolled back" in failed.note


def test_without_rollback_it_stays_failed(tmp_path: Path) -> None:
    rehearsal = release(on_failure="FAIL")
    rehearsal.folder = tmp_path
    rehearsal.run(GOOD)
    rehearsal.fake.does = {"smoke": fails()}
    [failed] = rehearsal.run(BAD)
    assert (failed.state, failed.note) == (State.FAILED, "")


def test_old_executions_go_but_not_what_is_rolled_back_to(tmp_path: Path) -> None:
    rehearsal = release()
    rehearsal.folder = tmp_path
    [first] = rehearsal.run(GOOD)
    rehearsal.fake.does = {"build": fails()}
    failed = [rehearsal.run(BAD)[0] for _ in range(KEPT + 2)]
    folders = [execution.folder or tmp_path for execution in (first, *failed)]
    # The last rehearsal removed what was old when it began.
    assert [folder for folder in folders if folder.exists()] == [folders[0], *folders[-KEPT - 1 :]]
