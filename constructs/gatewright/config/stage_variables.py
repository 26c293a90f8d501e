"""Stage variables and resources of an environment: values, and checks across sections.

AWS: "Amazon API Gateway stage variables reference", and variables of a Stage in the API reference.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated

from gatewright.config.document import Document
from gatewright.config.plain import mapping
from gatewright.config.problems import Path, Problem
from gatewright.config.rules import text
from gatewright.integrations.stage_variables import RESERVED
from gatewright.nearest import did_you_mean

MOST_VARIABLES = 100
"""AWS's "Quotas for configuring and running a REST API" has stage variables per stage: 100. One is
the platform's own."""

StageVariableName = Annotated[
    str, text(r"[A-Za-z0-9_]{1,64}", "1 to 64 letters, digits and underscores")
]
StageVariableValue = Annotated[
    str,
    text(r"[A-Za-z0-9\-._~:/?#&=,]{1,512}", "1 to 512 letters, digits and - . _ ~ : / ? # & = ,"),
]
ResourceName = Annotated[
    str, text(r"[a-z][a-z0-9-]{0,39}", "1 to 40 lower-case letters, digits and hyphens")
]
ResourceArn = Annotated[
    str,
    text(
        r"arn:[a-z-]+:[a-z]+:[a-z0-9{}-]*:[0-9a-z{}]*:[^\s\"$#\\]+",
        'an ARN in quotes, such as "arn:aws:sqs:{region}:{account}:orders"',
    ),
]


def stage_variable_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for a reserved name, too many, and values of what is not declared."""
    declared: dict[str, list[str]] = {}
    for service, section in mapping(document.value, "services").items():
        for version, fields in mapping(section, "versions").items():
            names = list(mapping(fields, "stage_variables"))
            declared[f"{service}-{version}"] = names
            path = ("services", service, "versions", version, "stage_variables")
            yield from _declared(document, path, names)
    for environment, section in mapping(document.value, "environments").items():
        for api, values in mapping(section, "stage_variables").items():
            at = ("environments", environment, "stage_variables", api)
            names = list(values) if isinstance(values, dict) else []
            yield from _valued(document, at, names, declared)


def _declared(document: Document, path: Path, names: list[str]) -> Iterator[Problem]:
    if RESERVED in names:
        found, at = f"'{RESERVED}', which is the platform's own", (*path, RESERVED)
        yield document.problem(at, found, "another name", "rename it", at_name=True)
    if len(names) > MOST_VARIABLES - 1:
        allowed = f"at most {MOST_VARIABLES - 1}: one of {MOST_VARIABLES} is the platform's"
        yield document.problem(path, f"{len(names)} of them", allowed, "remove some", at_name=True)


def _valued(
    document: Document, path: Path, names: list[str], declared: Mapping[str, list[str]]
) -> Iterator[Problem]:
    api = str(path[-1])
    if api not in declared:
        remedy = did_you_mean(api, declared) or "remove it"
        yield document.problem(path, f"{api!r}", ", ".join(declared), remedy, at_name=True)
        return
    for name in names:
        if name not in declared[api]:
            allowed = ", ".join(declared[api]) or f"nothing: {api} declares none"
            remedy = did_you_mean(name, declared[api])
            remedy = remedy or "declare it in stage_variables of the version"
            yield document.problem((*path, name), f"{name!r}", allowed, remedy, at_name=True)
