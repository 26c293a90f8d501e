"""What a build gives: files by the globs of its specification (AWS: ``artifacts`` of it)."""

import glob
from pathlib import Path

from local.rehearsal.actions.buildspec import Artifacts, Buildspec
from local.rehearsal.zips import pack


class NoArtifactError(Exception):
    """The build did not leave what its specification names."""


def wanted(buildspec: Buildspec, outputs: tuple[str, ...]) -> dict[str, Artifacts]:
    """Which artifacts the outputs of an action are.

    A single output is the specification's primary artifact; several, and a single one that the
    specification names so, are secondary artifacts of the same names. Raises NoArtifactError.
    """
    found: dict[str, Artifacts] = {}
    for name in outputs:
        if name in buildspec.secondary_artifacts:
            found[name] = buildspec.secondary_artifacts[name]
        elif len(outputs) == 1 and buildspec.artifacts and buildspec.artifacts.files:
            found[name] = buildspec.artifacts
        else:
            raise NoArtifactError(
                f"The build specification has no artifact for the output {name}: with several "
                "outputs each is one of `secondary-artifacts`, by its name."
            )
    return found


def pack_artifact(artifacts: Artifacts, source: Path, target: Path) -> Path:
    """Zip what the globs match below ``source``. Raises NoArtifactError when nothing does."""
    bases = [
        source / name
        for name in sorted(glob.glob(artifacts.base_directory, root_dir=source))  # noqa: PTH207
        if (source / name).is_dir()
    ]
    if not bases:
        raise NoArtifactError(
            f"no matching base directory path found for {artifacts.base_directory}"
        )
    files: dict[str, Path] = {}
    for base in bases:
        excluded = _matching(base, artifacts.exclude_paths)
        for name in _matching(base, artifacts.files) - excluded:
            files[Path(name).name if artifacts.discard_paths else name] = base / name
    if not files:
        raise NoArtifactError(
            f"no matching artifact paths found: {', '.join(artifacts.files)} in "
            f"{artifacts.base_directory}"
        )
    return pack(files, target)


def _matching(base: Path, patterns: tuple[str, ...]) -> set[str]:
    return {
        name
        for pattern in patterns
        for name in glob.glob(pattern, root_dir=base, recursive=True, include_hidden=True)  # noqa: PTH207
        if (base / name).is_file()
    }
