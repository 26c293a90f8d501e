"""What was promoted to the stages of an environment: `releases/<environment>.yaml`."""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from gatewright.config.document import Document, Value, read_document
from gatewright.config.plain import get, mapping
from gatewright.config.problems import ConfigError, Problem
from gatewright.config.section import Section
from gatewright.yaml12 import CoreSchemaDumper

FOLDER = "releases"
_HEAD = (
    "# Written by `make promote`, and read by every deployment: what the stages serve that\n"
    "# platform.yaml calls `promoted`. To go back, restore an earlier version of this file.\n"
)
_DEPLOYMENT = re.compile(r"[a-z0-9]{1,32}")
_ALIAS = re.compile(r"r-[0-9a-f]{10}-[0-9]{1,9}")


class Promotion(Section):
    """A release as API Gateway holds it: a deployment, and the alias of the functions behind it."""

    deployment: str
    alias: str


Promotions = Mapping[str, Mapping[str, Promotion]]
"""What was promoted, by the API's name and the stage's."""


def promotions_file(root: Path, environment: str) -> Path:
    """Return where the promotions of an environment are recorded."""
    return root / FOLDER / f"{environment}.yaml"


def read_promotions(file: Path) -> Promotions:
    """Read what was promoted; nothing where there is no file. Raises ConfigError."""
    if not file.exists():
        return {}
    document = read_document(file)
    problems = list(document.problems)
    found: dict[str, dict[str, Promotion]] = {}
    for api in document.value if isinstance(document.value, dict) else {}:
        for stage, value in mapping(document.value, api).items():
            wrong = _problem(document, api, stage, value)
            if wrong:
                problems.append(wrong)
            else:
                found.setdefault(api, {})[stage] = _promotion(value)
    if problems:
        raise ConfigError(problems)
    return found


def write_promotions(file: Path, promotions: Promotions) -> None:
    """Write what was promoted, in the order of names."""
    content = {
        api: {stage: dict(iter(stages[stage])) for stage in sorted(stages)}
        for api, stages in sorted(promotions.items())
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_HEAD + yaml.dump(content, Dumper=CoreSchemaDumper), encoding="utf-8")


def _promotion(value: Value) -> Promotion:
    return Promotion(deployment=str(get(value, "deployment")), alias=str(get(value, "alias")))


def _problem(document: Document, api: str, stage: str, value: Value) -> Problem | None:
    deployment, alias = get(value, "deployment"), get(value, "alias")
    if (
        isinstance(deployment, str)
        and isinstance(alias, str)
        and _DEPLOYMENT.fullmatch(deployment)
        and _ALIAS.fullmatch(alias)
    ):
        return None
    return document.problem(
        (api, stage),
        "no release",
        "{deployment: <id>, alias: <r-...>}, as `make promote` writes them",
        "run `make promote` for this stage again, or restore an earlier version of the file",
        at_name=True,
    )
