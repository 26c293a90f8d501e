"""What one execution has come to so far: the artifacts and variables that later actions take."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from local.rehearsal.artifacts import Artifact, ArtifactStore
from local.rehearsal.definition import Definition, Stage
from local.rehearsal.execution import ActionExecution, Execution, StageExecution

Variables = dict[str, dict[str, str]]


@dataclass(kw_only=True)
class Run:
    """An execution with the definition that it began with, and what its actions gave.

    Its folder is never none.
    """

    definition: Definition
    execution: Execution
    store: ArtifactStore
    folder: Path
    artifacts: dict[str, Artifact] = field(default_factory=dict)
    variables: Variables = field(default_factory=dict)

    def namespaces(self) -> Variables:
        """What configurations may refer to."""
        own = {"PipelineExecutionId": self.execution.id}
        defaults = dict(self.definition.variables)
        return {**self.variables, "codepipeline": own, "variables": defaults}


def waiting(stage: Stage) -> StageExecution:
    """A stage that has not begun."""
    actions = [
        ActionExecution(stage=stage.name, name=action.name, provider=action.provider)
        for action in sorted(stage.actions, key=lambda action: action.run_order)
    ]
    return StageExecution(name=stage.name, actions=actions)


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)
