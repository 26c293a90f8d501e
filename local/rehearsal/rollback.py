"""The rollback of a failed stage to what succeeded in it before."""

from local.rehearsal.definition import Definition, Stage
from local.rehearsal.history import History, Success
from local.rehearsal.run import Run

SOURCE = "Source"


def target(history: History, run: Run, stage: Stage) -> Success | None:
    """What the stage is rolled back to, or None, and then the execution's note says why.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
    """
    definition = run.definition
    if any(action.category == SOURCE for action in stage.actions):
        run.execution.note = (
            f"Stage {stage.name} holds a source, which CodePipeline cannot roll back."
        )
        return None
    found = history.last(definition, stage.name)
    run.execution.note = (
        _rolled_back(stage.name, found) if found else _nothing(stage.name, definition)
    )
    return found


def _rolled_back(stage: str, success: Success) -> str:
    return (
        f"Stage {stage} is rolled back to execution {success.execution} of "
        f"{success.revision[:12]} ({success.subject})."
    )


def _nothing(stage: str, definition: Definition) -> str:
    return (
        f"Stage {stage} could not be rolled back: CodePipeline rolls back only to an execution "
        "that succeeded in the stage and that was started in the current structure version of "
        f"the pipeline, which is {definition.version}, and there is none. After a pipeline has "
        "changed itself, no stage can be rolled back until one execution succeeded in it; until "
        "then, release the earlier commit again."
    )
