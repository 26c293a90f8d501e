"""A build specification, read and checked (AWS: "Build specification reference for CodeBuild").

What a rehearsal cannot do is refused, not left out: a build that passes here for that reason would
fail on AWS.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

PHASES = ("install", "pre_build", "build", "post_build")
SHELLS = ("bash", "/bin/sh", "sh")
# Known, of no effect on what a build gives, and told in the log.
IGNORED = ("reports", "cache", "proxy")
_ON_FAILURE = re.compile(r"ABORT|CONTINUE|RETRY(-\d{1,2})?")
_RETRIES = 3  # of RETRY without a count
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class BuildspecError(ValueError):
    """The build specification is not one, or asks for what a rehearsal cannot do."""


@dataclass(frozen=True, kw_only=True)
class Phase:
    """One phase. ``on_failure`` is ``ABORT``, ``CONTINUE`` or none; ``retries`` that of RETRY."""

    name: str
    commands: tuple[str, ...] = ()
    finally_: tuple[str, ...] = ()
    on_failure: str | None = None
    retries: int = 0
    runtime_versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Artifacts:
    """What goes into one artifact: globs below a base directory, less other globs."""

    files: tuple[str, ...]
    base_directory: str = "."
    exclude_paths: tuple[str, ...] = ()
    discard_paths: bool = False


@dataclass(frozen=True, kw_only=True)
class Buildspec:
    """A build specification of version 0.2; ``ignored`` are its sections of no effect here."""

    phases: tuple[Phase, ...]
    shell: str = "sh"
    variables: Mapping[str, str] = field(default_factory=dict)
    parameter_store: Mapping[str, str] = field(default_factory=dict)
    secrets_manager: Mapping[str, str] = field(default_factory=dict)
    exported_variables: tuple[str, ...] = ()
    artifacts: Artifacts | None = None
    secondary_artifacts: Mapping[str, Artifacts] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


def read_buildspec(text: str) -> Buildspec:
    """Read YAML or JSON. Raises BuildspecError with the field that is wrong."""
    try:
        found = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, without types
    except yaml.YAMLError as error:
        raise BuildspecError(f"The build specification is not YAML: {error}") from None
    document = _mapping(found, "The build specification")
    if document.get("version") != "0.2":
        raise BuildspecError(
            f"version: {document.get('version')!r}; a rehearsal runs version 0.2 only"
        )
    _only(document, ("version", "env", "phases", "artifacts", *IGNORED), "")
    env = _section(document, "env", "")
    _only(env, _ENV, "env.")
    artifacts = _section(document, "artifacts", "")
    return Buildspec(
        shell=_shell(env),
        variables=_texts(env, "variables"),
        parameter_store=_texts(env, "parameter-store"),
        secrets_manager=_texts(env, "secrets-manager"),
        exported_variables=_names(env, "exported-variables"),
        phases=_phases(_section(document, "phases", "")),
        artifacts=_artifacts(artifacts, "artifacts.") if artifacts else None,
        secondary_artifacts={
            name: _artifacts(_mapping(item, name), f"artifacts.secondary-artifacts.{name}.")
            for name, item in _section(artifacts, "secondary-artifacts", "artifacts.").items()
        },
        ignored=tuple(name for name in IGNORED if name in document),
    )


_ENV = ("shell", "variables", "parameter-store", "secrets-manager", "exported-variables")
_PHASE = ("commands", "finally", "on-failure", "runtime-versions")
_ARTIFACTS = (
    "files",
    "name",
    "base-directory",
    "exclude-paths",
    "discard-paths",
    "secondary-artifacts",
)


class _Loader(yaml.SafeLoader):
    """Reads every scalar as the text that stands there, as a variable's value is meant."""


_Loader.yaml_implicit_resolvers = {}


def _phases(document: Mapping[str, Any]) -> tuple[Phase, ...]:
    _only(document, PHASES, "phases.")
    if not document:
        raise BuildspecError("phases: is missing, so the build would do nothing")
    return tuple(_phase(name, document) for name in PHASES if name in document)


def _phase(name: str, document: Mapping[str, Any]) -> Phase:
    at = f"phases.{name}."
    phase = _section(document, name, "phases.")
    _only(phase, _PHASE, at)
    on_failure = phase.get("on-failure")
    if on_failure is not None and not _ON_FAILURE.fullmatch(str(on_failure)):
        raise BuildspecError(
            f"{at}on-failure: {on_failure!r}; a rehearsal knows ABORT, CONTINUE, RETRY and "
            "RETRY-<count>"
        )
    mode, _dash, count = str(on_failure or "").partition("-")
    if "runtime-versions" in phase and name != "install":
        raise BuildspecError(f"{at}runtime-versions: belongs to the phase install")
    return Phase(
        name=name,
        commands=_list(phase, "commands", at),
        finally_=_list(phase, "finally", at),
        on_failure=mode if mode in ("ABORT", "CONTINUE") else None,
        retries=int(count or _RETRIES) if mode == "RETRY" else 0,
        runtime_versions=_texts(phase, "runtime-versions"),
    )


def _artifacts(section: Mapping[str, Any], at: str) -> Artifacts:
    _only(section, _ARTIFACTS, at)
    files = _list(section, "files", at)
    if not files and "secondary-artifacts" not in section:
        raise BuildspecError(f"{at}files: is missing")
    return Artifacts(
        files=files,
        base_directory=str(section.get("base-directory") or "."),
        exclude_paths=_list(section, "exclude-paths", at),
        discard_paths=str(section.get("discard-paths", "no")).lower() in ("yes", "true"),
    )


def _shell(env: Mapping[str, Any]) -> str:
    shell = str(env.get("shell", "sh"))
    if shell not in SHELLS:
        raise BuildspecError(f"env.shell: {shell!r}; a rehearsal has {', '.join(SHELLS)}")
    return shell.rpartition("/")[2]


def _names(env: Mapping[str, Any], name: str) -> tuple[str, ...]:
    names = _list(env, name, "env.")
    wrong = [text for text in names if not _NAME.fullmatch(text)]
    if wrong:
        raise BuildspecError(f"env.{name}: {', '.join(wrong)} cannot be names of variables")
    return names


def _list(section: Mapping[str, Any], name: str, at: str) -> tuple[str, ...]:
    found = section.get(name) or ()
    if isinstance(found, str):
        return (found,)
    if not isinstance(found, list | tuple) or not all(isinstance(item, str) for item in found):
        raise BuildspecError(f"{at}{name}: must be a list of texts")
    return tuple(found)


def _texts(section: Mapping[str, Any], name: str) -> dict[str, str]:
    found = _section(section, name, "env.")
    wrong = [key for key, value in found.items() if not isinstance(value, str)]
    if wrong:
        raise BuildspecError(f"{name}: the value of {', '.join(wrong)} must be a text")
    return dict(found)


def _section(document: Mapping[str, Any], name: str, at: str) -> Mapping[str, Any]:
    return _mapping(document.get(name) or {}, f"{at}{name}")


def _mapping(found: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise BuildspecError(f"{what}: must be a mapping, and is {found!r:.60}")
    return found


def _only(document: Mapping[str, Any], known: tuple[str, ...], at: str) -> None:
    unknown = [name for name in document if name not in known]
    if unknown:
        raise BuildspecError(
            f"{at}{unknown[0]}: a rehearsal does not know it; known here: {', '.join(known)}"
        )
