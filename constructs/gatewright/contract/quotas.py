"""What API Gateway and CloudFormation take of one API, checked on its compiled document.

AWS: "Quotas for configuring and running a REST API in API Gateway", "Quotas for creating, deploying
and managing an API", "CloudFormation quotas", "Troubleshoot the processed template"; read in
November 2026.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.spec_first.gateway_rules import QUOTAS_PAGE
from gatewright.quotas import AUTHORIZERS_PER_API, POLICY_CHARACTERS, RESOURCES_PER_API

_TEMPLATE_KB = 300  # of a mapping template; it is not raised
_MODEL_KB = 400  # the same, of a model

MOST_BODY_BYTES = 950_000
"""Of a resolved document: a template may have 1 MB, and needs the rest for what is beside it."""

_AUTHORIZER = "x-amazon-apigateway-authorizer"
_INTEGRATION = "x-amazon-apigateway-integration"
_POLICY = "x-amazon-apigateway-policy"
_SPLIT = "split it into several services, each an API of its own"


@dataclass(frozen=True, kw_only=True)
class ApiQuotas:
    """What one API may have. ``stated_in`` is where somebody writes down what AWS has raised."""

    resources: int = RESOURCES_PER_API
    authorizers: int = AUTHORIZERS_PER_API
    policy_characters: int = POLICY_CHARACTERS
    stated_in: str = "quotas"


def check_quotas(api: str, document: Mapping[str, Any], quotas: ApiQuotas) -> None:
    """Raise ContractError, with every problem, for a compiled document above a quota."""
    if problems := list(_problems(api, document, quotas)):
        raise ContractError(api, problems)


def check_body_size(api: str, size: int) -> None:
    """Raise ContractError for a resolved document of ``size`` bytes that no template can hold.

    A file in S3 in its place is no way out: CloudFormation resolves nothing in ``BodyS3Location``,
    and what ``AWS::Include`` brings in counts as the template's own.
    """
    if size > MOST_BODY_BYTES:
        reason = (
            f"its document has {size:,} bytes, and a template of CloudFormation, which may have "
            f"1 MB, takes {MOST_BODY_BYTES:,} of it"
        )
        raise ContractError(api, [Problem(api, reason, _SPLIT)])


def resources_of(paths: Iterable[str]) -> set[str]:
    """The resources that paths need: each path, and each part of it that leads there."""
    found = {"/"}
    for path in paths:
        segments = path.split("/")
        found |= {"/".join(segments[:end]) for end in range(2, len(segments) + 1)}
    return found


def _problems(api: str, document: Mapping[str, Any], quotas: ApiQuotas) -> Iterator[Problem]:
    schemes = document.get("components", {}).get("securitySchemes", {}).values()
    authorizers = sum(1 for scheme in schemes if _AUTHORIZER in scheme)
    resources = len(resources_of(document["paths"]))
    policy = len(_text(document[_POLICY])) if _POLICY in document else 0
    for name, what, found, most in (
        ("resources_per_api", "resources (paths, and their parts)", resources, quotas.resources),
        ("authorizers_per_api", "authorizers", authorizers, quotas.authorizers),
        ("policy_characters", "characters of policy", policy, quotas.policy_characters),
    ):
        if found > most:
            yield Problem(
                api,
                f"it has {found} {what}, and the account takes {most} of an API",
                f"{_SPLIT}, or have AWS raise the quota ({QUOTAS_PAGE}) and state it: "
                f"{name}: {found} in {quotas.stated_in}",
            )
    yield from _model_problems(document)
    yield from _template_problems(document)


def _model_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        size = len(_text(schema))
        if size > _MODEL_KB * 1024:
            reason = f"it has {size:,} bytes, and a model of API Gateway {_MODEL_KB} KB"
            yield Problem(f"schema {name}", reason, "split it into schemas that refer to others")


def _template_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            for size in _template_sizes(operation.get(_INTEGRATION, {})):
                if size > _TEMPLATE_KB * 1024:
                    reason = (
                        f"a mapping template has {size:,} bytes, and one of API Gateway has "
                        f"{_TEMPLATE_KB} KB"
                    )
                    remedy = "shorten it, or answer by a function"
                    yield Problem(f"{method.upper()} {path}", reason, remedy)


def _template_sizes(integration: Mapping[str, Any]) -> Iterator[int]:
    answers = integration.get("responses", {}).values()
    templates = [
        integration.get("requestTemplates"),
        *(a.get("responseTemplates") for a in answers),
    ]
    for found in templates:
        for template in (found or {}).values():
            yield len(template) if isinstance(template, str) else 0


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
