"""The client SDKs that API Gateway itself generates from a stage."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from gatewright.operations.deployed import DeployedApi

# AWS: GetSdk of the API Gateway V1 API reference.
TYPES = ("java", "javascript", "android", "objectivec", "swift", "ruby")
"""The types of SDK that a stage has."""


class GetSdkError(Exception):
    """API Gateway does not generate the SDK. The message says what to do."""


@dataclass(frozen=True, kw_only=True)
class SdkNames:
    """What an SDK is called.

    ``project`` and ``api`` are as platform.yaml has them; ``version`` is a semantic version.
    """

    project: str
    api: str
    version: str

    def values(self) -> Mapping[str, str]:
        """A value for each property that a type may ask for, by the property's plain name."""
        project, api = (re.sub(r"[^a-z0-9]", "", name.lower()) for name in (self.project, self.api))
        client = "".join(part.capitalize() for part in re.split(r"[^A-Za-z0-9]+", self.api))
        artifact = f"{self.project}-{self.api}"
        return {
            **dict.fromkeys(("servicename", "classprefix"), client),
            **dict.fromkeys(("javapackagename", "invokerpackage"), f"{project}.{api}"),
            **dict.fromkeys(("javagroupid", "groupid"), project),
            **dict.fromkeys(("javaartifactid", "artifactid", "rubygemname"), artifact),
            **dict.fromkeys(("javaartifactversion", "artifactversion"), self.version),
            "rubygemversion": self.version,
            "javabuildsystem": "maven",
        }


def get_sdk(client: Any, api: DeployedApi, sdk_type: str, names: SdkNames) -> bytes:
    """The SDK of an API as a zip, or a gem's sources as one.

    ``client`` is a boto3 client of API Gateway. Which properties a type has is asked of API
    Gateway, whose reference and whose own answers spell them differently (``serviceName``,
    ``service.name``). Raises GetSdkError.
    """
    try:
        properties = client.get_sdk_type(id=sdk_type).get("configurationProperties", [])
        answer = client.get_sdk(
            restApiId=api.rest_api_id,
            stageName=api.stage,
            sdkType=sdk_type,
            parameters=_parameters(sdk_type, properties, names.values()),
        )
    except ClientError as error:
        told = error.response["Error"]
        raise GetSdkError(
            f"{api.name}: API Gateway generates no SDK of type {sdk_type}: "
            f"{told.get('Message') or told['Code']}. It needs apigateway:GET on the stage's sdks "
            "and on /sdktypes."
        ) from None
    content: bytes = answer["body"].read()
    return content


def _parameters(
    sdk_type: str, properties: list[Mapping[str, Any]], values: Mapping[str, str]
) -> dict[str, str]:
    found = {}
    for item in properties:
        plain = re.sub(r"[^a-z0-9]", "", item["name"].lower())
        value = values.get(plain, item.get("defaultValue"))
        if value:
            found[item["name"]] = value
        elif item.get("required"):
            raise GetSdkError(
                f"API Gateway wants the property {item['name']!r} of SDKs of type {sdk_type}, "
                "which is not known here. Generate it in the console, or with `make sdk`."
            )
    return found
