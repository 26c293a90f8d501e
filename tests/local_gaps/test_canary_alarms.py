"""What an alarm on a canary sees, and one on its stage.

'Amazon API Gateway dimensions and metrics' and 'Set up an API Gateway canary release deployment':
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
"""

from __future__ import annotations

import json
import time

import pytest

from tests.local_gaps.judged import alarm, dimensions, shown
from tests.local_gaps.running import Aws, document, mock
from tests.local_gaps.test_canary import settings

pytestmark = pytest.mark.long


def test_a_canary_is_judged_apart_from_its_stage(aws: Aws) -> None:
    """Half of the canary's answers are errors, and few of all."""
    good, bad = mock("good"), mock("", request='{"statusCode": 500}')
    bad["x-amazon-apigateway-integration"]["responses"]["500"] = {"statusCode": "500"}
    bad["responses"]["500"] = {"description": "bad"}
    content = document({"/a": {"get": good}}, info={"title": "judged", "version": "1"})
    api = aws.import_api(content)
    gateway = aws.client("apigateway")
    names = {"restApiId": api, "stageName": "live"}
    content["paths"] = {"/a": {"get": good}, "/b": {"get": bad}}
    gateway.put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(content).encode())
    new = gateway.create_deployment(restApiId=api)["id"]
    if time.time() % 10 > 5:
        time.sleep(10.05 - time.time() % 10)
    for _ in range(40):
        aws.call(api, "/a")
    gateway.update_stage(**names, patchOperations=settings(new, 100))
    for path in ("/a", "/b"):
        aws.call(api, path)
    found = {
        stage: alarm(
            aws,
            "5XXError",
            Namespace="AWS/ApiGateway",
            Dimensions=dimensions({"ApiName": "judged", "Stage": stage}),
            Statistic="Average",
            Threshold=0.1,
            Period=10,
            TreatMissingData="notBreaching",
        )["AlarmName"]
        for stage in ("live", "live/Canary")
    }
    time.sleep(10.05 - time.time() % 10)
    assert shown(aws, found["live/Canary"])["StateValue"] == "ALARM"
    assert "[0.5 (" in shown(aws, found["live/Canary"])["StateReason"]
    assert shown(aws, found["live"])["StateValue"] == "OK"
