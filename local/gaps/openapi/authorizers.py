"""Security schemes become authorizers, and `security` what each method asks for.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.gaps.openapi.document import Document
from local.gaps.openapi.tree import Ids, Record, Records

_KINDS = {"token": "TOKEN", "request": "REQUEST", "cognito_user_pools": "COGNITO_USER_POOLS"}


@dataclass(frozen=True)
class Authorizers:
    """The authorizers of an API, and what a method with each security scheme requires."""

    document: Document
    records: Records
    schemes: Mapping[str, Record]

    @classmethod
    def read(cls, document: Document, ids: Ids) -> Authorizers:
        """Every authorizer that a security scheme of the document declares."""
        records: Records = {}
        schemes: dict[str, Record] = {}
        for name, node in document.section("components", "securitySchemes").items():
            scheme = document.resolve(node)
            record = _authorizer(name, scheme, document, ids)
            if record:
                records[record["id"]] = record
            schemes[name] = _requirement(scheme, record)
        return cls(document, records, schemes)

    def method_fields(self, operation: Mapping[str, Any], where: str) -> Record:
        """The authorization fields of a method. Every scheme applies: API Gateway has no OR."""
        from ministack.services import apigateway_v1

        security = operation.get("security", self.document.content.get("security"))
        for name in [name for requirement in security or [] for name in requirement]:
            if name not in self.schemes:
                self.document.refuse(f"Unknown security scheme '{name}' specified for {where}")
        fields: Record = apigateway_v1._method_security(security, self.schemes)
        if operation.get("x-amazon-apigateway-auth", {}).get("type") == "AWS_IAM":
            fields["authorizationType"] = "AWS_IAM"
        return fields


def _authorizer(
    name: str, scheme: Mapping[str, Any], document: Document, ids: Ids
) -> Record | None:
    from ministack.services import apigateway_v1

    extension = scheme.get("x-amazon-apigateway-authorizer")
    if extension is None:
        return None
    kind = _KINDS.get(str(extension.get("type", "")).lower())
    if kind is None:
        document.refuse(
            f"Invalid authorizer type '{extension.get('type')}' of security scheme '{name}': "
            f"use one of {', '.join(_KINDS)}"
        )
        return None
    return {
        "id": ids.of(name),
        "name": name,
        "type": kind,
        "authType": str(scheme.get("x-amazon-apigateway-authtype") or kind.lower()),
        "authorizerUri": extension.get("authorizerUri", ""),
        "authorizerCredentials": extension.get("authorizerCredentials"),
        "identitySource": _identity_source(kind, scheme, extension),
        "identityValidationExpression": extension.get("identityValidationExpression", ""),
        "authorizerResultTtlInSeconds": extension.get(
            "authorizerResultTtlInSeconds", apigateway_v1._DEFAULT_AUTHORIZER_TTL
        ),
        "providerARNs": list(extension.get("providerARNs") or []),
    }


def _identity_source(kind: str, scheme: Mapping[str, Any], extension: Mapping[str, Any]) -> str:
    """Of a REQUEST authorizer, what is written; the name of its scheme is unused."""
    from ministack.services import apigateway_v1

    if kind == "REQUEST":
        return str(extension.get("identitySource") or "")
    return str(apigateway_v1._import_identity_source(scheme, extension))


def _requirement(scheme: Mapping[str, Any], authorizer: Record | None) -> Record:
    """What a method with this scheme requires; nothing for one that API Gateway does not know."""
    if authorizer:
        cognito = authorizer["type"] == "COGNITO_USER_POOLS"
        kind = "COGNITO_USER_POOLS" if cognito else "CUSTOM"
        return {"authorizationType": kind, "authorizerId": authorizer["id"]}
    if str(scheme.get("x-amazon-apigateway-authtype") or "").lower() == "awssigv4":
        return {"authorizationType": "AWS_IAM"}
    if scheme.get("type") == "apiKey" and str(scheme.get("name", "")).lower() == "x-api-key":
        return {"apiKeyRequired": True}
    return {}
