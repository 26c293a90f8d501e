"""Reads what is there of an API's releases."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gatewright.operations.deployed import NotDeployedError
from gatewright.operations.releases import ReleaseError, Retained, is_release

_FUNCTION = "AWS::Lambda::Function"
_LATEST = "$LATEST"


def retained(client: Mapping[str, Any], stack_name: str) -> Retained:
    """Read what is there of the API of a stack.

    ``client`` has boto3's clients of cloudformation, apigateway and lambda, by name. Raises
    botocore's errors, NotDeployedError without that stack, ReleaseError for one without an API.
    """
    resources = _resources(client["cloudformation"], stack_name)
    apis = resources.get("AWS::ApiGateway::RestApi")
    if not apis:
        raise ReleaseError(f"stack {stack_name} has no API.")
    gateway, [api] = client["apigateway"], apis
    every = {name: _aliases(client["lambda"], name) for name in resources.get(_FUNCTION, ())}
    of_releases = {
        name: {alias["Name"]: alias["FunctionVersion"] for alias in aliases if _ours(alias)}
        for name, aliases in every.items()
        if any(map(_ours, aliases))
    }
    pages = gateway.get_paginator("get_deployments").paginate(restApiId=api)
    return Retained(
        rest_api_id=api,
        versions=of_releases,
        deployments=tuple(item for page in pages for item in page["items"]),
        stages={s["stageName"]: s for s in gateway.get_stages(restApiId=api)["item"]},
        owned=frozenset(name for names in resources.values() for name in names),
        others={
            name: frozenset(v for alias in every[name] if not _ours(alias) for v in _named(alias))
            for name in of_releases
        },
        published={name: _published(client["lambda"], name) for name in of_releases},
    )


def _resources(formation: Any, stack_name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    pages = formation.get_paginator("list_stack_resources").paginate(StackName=stack_name)
    try:
        for page in pages:
            for resource in page["StackResourceSummaries"]:
                names = found.setdefault(resource["ResourceType"], [])
                names.append(resource.get("PhysicalResourceId", ""))
    except formation.exceptions.ClientError as error:
        # There is no exception of its own for a stack that is not there.
        if "does not exist" not in str(error):
            raise
        raise NotDeployedError(f"Stack {stack_name} is not deployed: deploy it first.") from None
    return found


def _aliases(functions: Any, name: str) -> list[dict[str, Any]]:
    pages = functions.get_paginator("list_aliases").paginate(FunctionName=name)
    return [alias for page in pages for alias in page["Aliases"]]


def _ours(alias: Mapping[str, Any]) -> bool:
    return is_release(alias["Name"])


def _named(alias: Mapping[str, Any]) -> list[str]:
    """The versions that an alias names, by number; it may weigh a second one."""
    weighed = (alias.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {}
    return [v for v in (alias["FunctionVersion"], *weighed) if v != _LATEST]


def _published(functions: Any, name: str) -> dict[str, datetime]:
    pages = functions.get_paginator("list_versions_by_function").paginate(FunctionName=name)
    return {
        version["Version"]: datetime.fromisoformat(version["LastModified"])
        for page in pages
        for version in page["Versions"]
        if version["Version"] != _LATEST
    }


def permissions(functions: Any, function: str, alias: str) -> list[dict[str, Any]]:
    """Who may call an alias: the statements of its policy; none where one of both is gone.

    ``functions`` is a boto3 client of Lambda. AWS: GetPolicy.
    """
    try:
        policy = functions.get_policy(FunctionName=function, Qualifier=alias)["Policy"]
    except functions.exceptions.ResourceNotFoundException:
        return []
    found: list[dict[str, Any]] = json.loads(policy)["Statement"]
    return found
