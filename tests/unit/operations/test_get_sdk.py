"""SDKs by API Gateway itself: what it is told, after what it asks for."""

import io
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber

from gatewright.operations.deployed import DeployedApi
from gatewright.operations.get_sdk import GetSdkError, SdkNames, get_sdk

API = DeployedApi(name="foods-v1", url="", rest_api_id="abc", stage="live")
NAMES = SdkNames(project="my-shop", api="foods-v1", version="1.2.0")
ANDROID = {
    "groupId": "myshop",
    "artifactId": "my-shop-foods-v1",
    "artifactVersion": "1.2.0",
    "invokerPackage": "myshop.foodsv1",
}


@pytest.fixture
def client() -> Any:
    return boto3.client("apigateway", "us-east-1", aws_access_key_id="x", aws_secret_access_key="x")


@pytest.fixture
def stub(client: Any) -> Iterator[Stubber]:
    with Stubber(client) as stub:
        yield stub
        stub.assert_no_pending_responses()


def asks_for(stub: Stubber, sdk_type: str, *properties: dict[str, Any]) -> None:
    answer = {"id": sdk_type, "configurationProperties": list(properties)}
    stub.add_response("get_sdk_type", answer, {"id": sdk_type})


def gives(stub: Stubber, sdk_type: str, parameters: dict[str, str]) -> None:
    told = {"restApiId": "abc", "stageName": "live", "sdkType": sdk_type, "parameters": parameters}
    stub.add_response("get_sdk", {"body": StreamingBody(io.BytesIO(b"zip"), 3)}, told)


def test_each_property_gets_its_value(client: Any, stub: Stubber) -> None:
    asks_for(stub, "android", *({"name": name, "required": True} for name in ANDROID))
    gives(stub, "android", ANDROID)
    assert get_sdk(client, API, "android", NAMES) == b"zip"


@pytest.mark.parametrize("spelled", ["serviceName", "service.name"])
def test_a_property_is_known_however_it_is_spelled(
    client: Any, stub: Stubber, spelled: str
) -> None:
    asks_for(stub, "ruby", {"name": spelled, "required": True})
    gives(stub, "ruby", {spelled: "FoodsV1"})
    get_sdk(client, API, "ruby", NAMES)


def test_what_is_optional_and_unknown_keeps_its_default(client: Any, stub: Stubber) -> None:
    asks_for(
        stub, "java", {"name": "java.license-text"}, {"name": "java.level", "defaultValue": "8"}
    )
    gives(stub, "java", {"java.level": "8"})
    get_sdk(client, API, "java", NAMES)


def test_what_is_required_and_unknown_is_named(client: Any, stub: Stubber) -> None:
    asks_for(stub, "swift", {"name": "podName", "required": True})
    with pytest.raises(GetSdkError, match=r"'podName'.*make sdk"):
        get_sdk(client, API, "swift", NAMES)


def test_a_refusal_says_what_is_needed(client: Any, stub: Stubber) -> None:
    stub.add_client_error("get_sdk_type", "AccessDeniedException", "not authorized")
    with pytest.raises(GetSdkError, match=r"foods-v1.*not authorized.*apigateway:GET"):
        get_sdk(client, API, "java", NAMES)
