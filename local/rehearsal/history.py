"""What succeeded before: the executions that a stage can be rolled back to.

CodePipeline rolls a stage back to the last execution that succeeded in it and that was started in
the pipeline's current structure version; never to a rollback (AWS: "Configuring stage rollback").
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.rehearsal.artifacts import Artifact
from local.rehearsal.definition import Definition
from local.rehearsal.run import Run, now

_Document = dict[str, dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Success:
    """An execution that succeeded in a stage, with what its actions had up to then."""

    execution: str
    revision: str
    subject: str
    ended: str
    artifacts: Mapping[str, Artifact]
    variables: Mapping[str, Mapping[str, str]]


class History:
    """A JSON file for each pipeline, in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def succeeded(self, run: Run, stage: str) -> None:
        """Keep that the stage succeeded in this execution. A rollback is not kept.

        What succeeded in another structure is forgotten: a version does not come again.
        """
        if run.execution.kind != "FORWARD":
            return
        structure = _structure(run.definition)
        stages = self._read(run.definition.name).get(structure, {})
        stages[stage] = {
            "execution": run.execution.id,
            "revision": run.execution.revision,
            "subject": run.execution.subject,
            "ended": now().isoformat(timespec="seconds"),
            "artifacts": {
                name: {"file": str(artifact.file), "key": artifact.key}
                for name, artifact in run.artifacts.items()
            },
            "variables": run.variables,
        }
        self._write(run.definition.name, {structure: stages})

    def last(self, definition: Definition, stage: str) -> Success | None:
        """The execution that the stage is rolled back to, with this structure of the pipeline.

        None as well when its artifacts were removed from this machine.
        """
        found = self._read(definition.name).get(_structure(definition), {}).get(stage)
        if found is None:
            return None
        artifacts = {
            name: Artifact(file=Path(item["file"]), key=item["key"])
            for name, item in found["artifacts"].items()
        }
        if not all(artifact.file.exists() for artifact in artifacts.values()):
            return None
        return Success(**{**found, "artifacts": artifacts})

    def files(self) -> set[Path]:
        """The artifacts that a rollback may need."""
        return {
            Path(item["file"])
            for file in self._folder.glob("*.json")
            for stages in self._read(file.stem).values()
            for success in stages.values()
            for item in success["artifacts"].values()
        }

    def _read(self, pipeline: str) -> _Document:
        try:
            known: _Document = json.loads((self._folder / f"{pipeline}.json").read_text())
        except (OSError, ValueError):
            return {}  # none yet, or one that was cut off: nothing to roll back to
        return known

    def _write(self, pipeline: str, known: _Document) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        new = self._folder / f"{pipeline}.json.new"
        new.write_text(json.dumps(known, indent=1, sort_keys=True))
        new.replace(self._folder / f"{pipeline}.json")


def _structure(definition: Definition) -> str:
    # The number alone begins anew with an embedded AWS that was reset.
    return f"{definition.version}-{definition.structure[:16]}"
