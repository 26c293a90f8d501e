"""`AWS::ApiGateway::RestApi` with a Body: imported whole, and updated in place under the same id.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps import rest_api_import
from local.gaps.openapi.document import Document
from local.gaps.openapi.settings import settings_of
from local.gaps.patch import PROVISIONERS, Function, HandlerPatch, Patch

Properties = Mapping[str, Any]


def with_body(original: Function) -> Function:
    """Import the Body. A Swagger 2.0 Body and an API without one stay ministack's."""

    def create(logical_id: str, properties: Properties, stack_name: str) -> Any:
        from ministack.services.cloudformation import provisioners

        _refuse_unsupported(properties)
        if not _is_openapi(properties.get("Body")):
            return original(logical_id, properties, stack_name)
        settings = _settings(properties, stack_name, logical_id)
        api_id = rest_api_import.create(properties["Body"], settings)
        return api_id, provisioners._apigw_rest_api_attrs(api_id)

    return create


def in_place(original: Function) -> Function:
    """Put the new Body into the API that is there; a rollback puts the old one."""

    def update(
        api_id: str,
        old: Properties,
        new: Properties,
        stack_name: str,
        logical_id: str | None = None,
    ) -> Any:
        from ministack.services import apigateway_v1
        from ministack.services.cloudformation import provisioners

        _refuse_unsupported(new)
        if not _is_openapi(new.get("Body")) or api_id not in apigateway_v1._rest_apis:
            return original(api_id, old, new, stack_name, logical_id=logical_id)
        settings = _settings(new, stack_name, logical_id or api_id)
        rest_api_import.put(api_id, new["Body"], settings)
        apigateway_v1._v1_tags[apigateway_v1._rest_api_arn(api_id)] = dict(settings["tags"])
        return api_id, provisioners._apigw_rest_api_attrs(api_id)

    return update


def _is_openapi(body: Any) -> bool:
    return isinstance(body, Mapping) and "swagger" not in body


def _refuse_unsupported(properties: Properties) -> None:
    if properties.get("BodyS3Location"):
        raise ValueError(
            "AWS::ApiGateway::RestApi BodyS3Location is not read by the embedded AWS: "
            "put the document into Body"
        )
    if properties.get("Mode", "overwrite") != "overwrite":
        raise ValueError(
            f"AWS::ApiGateway::RestApi Mode {properties['Mode']!r} is not known to the embedded "
            "AWS, which replaces a definition and does not merge: leave Mode out"
        )


def _settings(properties: Properties, stack_name: str, logical_id: str) -> dict[str, Any]:
    """The fields of the RestApi that the properties give, over those of the Body.

    What neither names goes back to its default, so that a property taken away is undone.
    """
    from ministack.services.cloudformation import provisioners

    body = properties["Body"]
    defaults = {
        "name": provisioners._physical_name(stack_name, logical_id, max_len=64),
        "description": "",
        "version": "",
        "minimumCompressionSize": None,
        "apiKeySource": "HEADER",
        "policy": None,
    }
    given = {
        "name": properties.get("Name"),
        "description": properties.get("Description"),
        "minimumCompressionSize": properties.get("MinimumCompressionSize"),
        "apiKeySource": properties.get("ApiKeySourceType"),
        "policy": properties.get("Policy"),
    }
    of_body = settings_of(Document(body))
    binary = [*of_body.get("binaryMediaTypes", []), *properties.get("BinaryMediaTypes", [])]
    return {
        **defaults,
        **of_body,
        **{name: value for name, value in given.items() if value is not None},
        "binaryMediaTypes": list(dict.fromkeys(binary)),
        "endpointConfiguration": _endpoint(properties.get("EndpointConfiguration")),
        "disableExecuteApiEndpoint": _truth(properties.get("DisableExecuteApiEndpoint", False)),
        "tags": {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])},
    }


def _endpoint(configuration: Any) -> dict[str, Any]:
    """The property in the names that GetRestApi answers with."""
    if not configuration:
        return {"types": ["REGIONAL"]}
    return {key[0].lower() + key[1:]: value for key, value in configuration.items()}


def _truth(value: Any) -> bool:
    return str(value).lower() == "true"


PATCHES = (
    Patch(PROVISIONERS, "_apigw_rest_api_create", with_body),
    Patch(PROVISIONERS, "_apigw_rest_api_update", in_place),
)
HANDLERS = (
    HandlerPatch(
        "AWS::ApiGateway::RestApi",
        (("create", "_apigw_rest_api_create"), ("update", "_apigw_rest_api_update")),
    ),
)
