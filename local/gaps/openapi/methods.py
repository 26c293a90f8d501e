"""An operation becomes a method: its parameters, bodies, responses, authorization and validator.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.gaps.openapi.authorizers import Authorizers
from local.gaps.openapi.document import Document
from local.gaps.openapi.integrations import integration_of
from local.gaps.openapi.models import Models
from local.gaps.openapi.tree import Record
from local.gaps.openapi.validators import Validators

_LOCATIONS = {"query": "querystring", "header": "header", "path": "path"}


@dataclass(frozen=True)
class Methods:
    """What reading an operation needs of the rest of the document."""

    document: Document
    models: Models
    validators: Validators
    authorizers: Authorizers

    def read(
        self, verb: str, path: str, resource_id: str, item: Mapping[str, Any], operation: Any
    ) -> Record:
        """The method for one operation of a path item."""
        operation = self.document.resolve(operation)
        where = f"method '{verb}' on resource at path '{path}'"
        method: Record = {
            "httpMethod": verb,
            "authorizerId": None,
            "authorizationScopes": [],
            "apiKeyRequired": False,
            **self.authorizers.method_fields(operation, where),
            "operationName": operation.get("operationId", ""),
            "requestParameters": self._parameters(item, operation),
            "requestModels": self._models(operation.get("requestBody"), where),
            "requestValidatorId": self.validators.id_for(operation, where),
            "methodResponses": self._responses(operation, where),
        }
        method["methodIntegration"] = integration_of(
            self.document, operation, method, resource_id, where
        )
        return method

    def _parameters(self, item: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, bool]:
        """The operation's parameters over those of its path, without cookies, as on AWS."""
        found: dict[str, bool] = {}
        for node in [*(item.get("parameters") or []), *(operation.get("parameters") or [])]:
            parameter = self.document.resolve(node)
            location = _LOCATIONS.get(str(parameter.get("in")))
            if location:
                required = location == "path" or bool(parameter.get("required", False))
                found[f"method.request.{location}.{parameter['name']}"] = required
        return found

    def _models(self, node: Any, where: str) -> dict[str, str]:
        """Content type -> model of a request body, or of a response."""
        content = self.document.resolve(node).get("content") or {}
        names = {
            content_type: self.models.name_of((media or {}).get("schema"), where)
            for content_type, media in content.items()
        }
        return {content_type: name for content_type, name in names.items() if name}

    def _responses(self, operation: Mapping[str, Any], where: str) -> dict[str, Record]:
        """A method response per status code; `default` and `2XX` have no place in API Gateway."""
        responses: dict[str, Record] = {}
        for code, node in (operation.get("responses") or {}).items():
            if not str(code).isdigit():
                continue
            headers = self.document.resolve(node).get("headers") or {}
            responses[str(code)] = {
                "statusCode": str(code),
                "responseParameters": {
                    f"method.response.header.{name}": bool(
                        self.document.resolve(header).get("required", False)
                    )
                    for name, header in headers.items()
                },
                "responseModels": self._models(node, where),
            }
        return responses
