"""The metrics that requests and invocations leave behind, and how they are read.

'Amazon API Gateway dimensions and metrics', 'Types of metrics for Lambda functions', GetMetricData:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

import pytest

from tests.local_gaps.functions import two_releases, zipped
from tests.local_gaps.judged import dimensions
from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_proxy, mock
from tests.local_gaps.test_canary import settings

pytestmark = pytest.mark.long

FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:metered"
RAISING = "def handler(event, context): raise RuntimeError"
API = "metered café"
NAME = "metered caf"  # without what is not ASCII


def total(
    aws: Aws, namespace: str, metric: str, names: Mapping[str, str], statistic: str = "Sum"
) -> float:
    """One statistic of the last ten minutes."""
    found = aws.client("cloudwatch").get_metric_statistics(
        Namespace=namespace,
        MetricName=metric,
        Dimensions=dimensions(names),
        StartTime=time.time() - 600,
        EndTime=time.time() + 1,
        Period=86400,
        **(
            {"ExtendedStatistics": [statistic]}
            if statistic[0] == "p"
            else {"Statistics": [statistic]}
        ),
    )["Datapoints"]
    if not found:
        return 0
    values = {**found[0], **found[0].get("ExtendedStatistics", {})}
    return float(values[statistic])


@pytest.fixture(scope="module")
def api(aws: Aws) -> str:
    """An API that was asked: 5 times at its stage's mock, 3 times where there is nothing, twice at
    a function's alias, once at one that raises, and 4 times at the mock of its canary."""
    two_releases(aws, "metered")
    aws.function("raising", RAISING)
    for name, alias in (("metered", "green"), ("raising", None)):
        aws.permit(name, f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*", alias)
    paths = {
        "/mock": {"get": mock("m")},
        "/function": {"get": lambda_proxy(f"{FUNCTION}:${{stageVariables.alias}}")},
        "/raising": {"get": lambda_proxy(FUNCTION.replace("metered", "raising"))},
    }
    content = document(paths, info={"title": API, "version": "1"})
    made = aws.import_api(content, {"alias": "green"})
    for path, times in (("/mock", 5), ("/none", 3), ("/function", 2), ("/raising", 1)):
        for _ in range(times):
            aws.call(made, path)
    gateway = aws.client("apigateway")
    detailed = [{"op": "replace", "path": "/~1mock/GET/metrics/enabled", "value": "true"}]
    gateway.update_stage(restApiId=made, stageName="live", patchOperations=detailed)
    new = gateway.create_deployment(restApiId=made)["id"]
    gateway.update_stage(restApiId=made, stageName="live", patchOperations=settings(new, 100))
    for _ in range(4):
        aws.call(made, "/mock")
    aws.call(made, "/mock", stage="other")
    return made


STAGE = {"ApiName": NAME, "Stage": "live"}
CANARY = {"ApiName": NAME, "Stage": "live/Canary"}
METHOD = {"Method": "GET", "Resource": "/mock"}
FUNCTION_METHOD = {"Method": "GET", "Resource": "/function"}
OF_API: dict[str, tuple[str, dict[str, str], str, float]] = {
    "the API": ("Count", {"ApiName": NAME}, "Sum", 15),
    "the stage": ("Count", STAGE, "Sum", 15),
    "the stage's samples": ("Count", STAGE, "SampleCount", 15),
    "the canary": ("Count", CANARY, "Sum", 4),
    "a stage that is not there": ("Count", {"ApiName": NAME, "Stage": "other"}, "Sum", 0),
    "the caller's errors": ("4XXError", STAGE, "Sum", 3),
    "their share": ("4XXError", STAGE, "Average", 3 / 15),
    "the canary's": ("4XXError", CANARY, "Sum", 0),
    "the server's errors": ("5XXError", STAGE, "Sum", 1),
    "latencies": ("Latency", STAGE, "SampleCount", 15),
    "of integrations": ("IntegrationLatency", STAGE, "SampleCount", 3),
    "a method of the canary": ("Count", {**CANARY, **METHOD}, "Sum", 4),
    "a method without detailed metrics": ("Count", {**STAGE, **FUNCTION_METHOD}, "Sum", 0),
    "no dimensions": ("Count", {}, "Sum", 0),
    "a stage alone": ("Count", {"Stage": "live"}, "Sum", 0),
}


@pytest.mark.usefixtures("api")
@pytest.mark.parametrize(("metric", "names", "statistic", "expected"), OF_API.values(), ids=OF_API)
def test_of_an_api(
    aws: Aws, metric: str, names: dict[str, str], statistic: str, expected: float
) -> None:
    assert total(aws, "AWS/ApiGateway", metric, names, statistic) == pytest.approx(expected)


ALIAS = {"FunctionName": "metered", "Resource": "metered:green"}
OF_FUNCTION: dict[str, tuple[str, dict[str, str], float]] = {
    "the function": ("Invocations", {"FunctionName": "metered"}, 2),
    "the alias": ("Invocations", ALIAS, 2),
    "what the alias led to": ("Invocations", {**ALIAS, "ExecutedVersion": "2"}, 2),
    "another alias": ("Invocations", {**ALIAS, "Resource": "metered:blue"}, 0),
    "no errors": ("Errors", ALIAS, 0),
    "errors": ("Errors", {"FunctionName": "raising"}, 1),
    "without an alias": ("Errors", {"FunctionName": "raising", "Resource": "raising"}, 1),
    "no throttles": ("Throttles", ALIAS, 0),
}


@pytest.mark.usefixtures("api")
@pytest.mark.parametrize(("metric", "names", "expected"), OF_FUNCTION.values(), ids=OF_FUNCTION)
def test_of_a_function(aws: Aws, metric: str, names: dict[str, str], expected: float) -> None:
    assert total(aws, "AWS/Lambda", metric, names) == expected


def test_of_invocations_of_all_kinds(aws: Aws) -> None:
    """By the Invoke API: of an alias, of a version, and of neither; and one that is throttled."""
    functions = aws.client("lambda")
    two_releases(aws, "invoked")
    for qualifier in ("green", "1", "$LATEST"):
        functions.invoke(FunctionName="invoked", Qualifier=qualifier)
    functions.put_function_concurrency(FunctionName="invoked", ReservedConcurrentExecutions=0)
    with pytest.raises(functions.exceptions.TooManyRequestsException):
        functions.invoke(FunctionName="invoked", Qualifier="green")
    found = {
        (metric, resource): total(
            aws, "AWS/Lambda", metric, {"FunctionName": "invoked", "Resource": resource}
        )
        for metric in ("Invocations", "Throttles")
        for resource in ("invoked:green", "invoked:1", "invoked")
    }
    attempts = found.pop(("Throttles", "invoked:green"))
    assert attempts >= 1  # as boto3 tries again
    assert found == {
        ("Invocations", "invoked:green"): 1,
        ("Invocations", "invoked:1"): 1,
        ("Invocations", "invoked"): 1,
        ("Throttles", "invoked"): 0,
        ("Throttles", "invoked:1"): 0,
    }


SLOW = """
import time
def handler(event, context):
    time.sleep(float(event["seconds"]))
"""


def test_durations_have_percentiles(aws: Aws) -> None:
    functions = aws.client("lambda")
    functions.create_function(
        FunctionName="timed",
        Runtime="python3.11",
        Role=f"arn:aws:iam::{ACCOUNT}:role/any",
        Handler="handler.handler",
        Code={"ZipFile": zipped(SLOW)},
    )
    for seconds in [0] * 9 + [0.4]:
        functions.invoke(FunctionName="timed", Payload=json.dumps({"seconds": seconds}))
    durations = [
        total(aws, "AWS/Lambda", "Duration", {"FunctionName": "timed"}, statistic)
        for statistic in ("Minimum", "p50", "p99", "Maximum")
    ]
    assert durations == sorted(durations)
    assert durations[1] < 400 <= durations[3]


def query(name: str, metric: str, statistic: str = "Sum", **more: Any) -> dict[str, Any]:
    named = {"Namespace": "AWS/ApiGateway", "MetricName": metric, "Dimensions": dimensions(STAGE)}
    return {"Id": name, "MetricStat": {"Metric": named, "Period": 86400, "Stat": statistic}, **more}


def values(aws: Aws, queries: list[dict[str, Any]]) -> dict[str, list[float]]:
    found = aws.client("cloudwatch").get_metric_data(
        MetricDataQueries=queries, StartTime=time.time() - 600, EndTime=time.time() + 1
    )["MetricDataResults"]
    return {result["Id"]: result["Values"] for result in found}


@pytest.mark.usefixtures("api")
def test_metrics_and_expressions_over_them(aws: Aws) -> None:
    hidden: dict[str, Any] = {"ReturnData": False}
    queries: list[dict[str, Any]] = [
        {"Id": "percent", "Expression": "100 * share"},
        {"Id": "share", "Expression": "errors / requests", **hidden},
        query("errors", "5XXError", **hidden),
        query("requests", "Count"),
    ]
    assert values(aws, queries) == {"percent": [pytest.approx(100 / 15)], "requests": [15]}


@pytest.mark.usefixtures("api")
def test_an_expression_that_is_wrong_says_why(aws: Aws) -> None:
    (found,) = aws.client("cloudwatch").get_metric_data(
        MetricDataQueries=[{"Id": "e", "Expression": "SEARCH('a', 'Sum', 60)"}],
        StartTime=time.time() - 600,
        EndTime=time.time(),
    )["MetricDataResults"]
    assert found["StatusCode"] == "InternalError"
    assert "SEARCH" in found["Messages"][0]["Value"]


def put(aws: Aws, **datum: Any) -> None:
    aws.client("cloudwatch").put_metric_data(Namespace="own", MetricData=[datum])


def test_metrics_that_users_put(aws: Aws) -> None:
    """The newest first, unless the oldest are asked for first."""
    minute = time.time() // 60 * 60
    names = dimensions({"a": "1"})
    for ago, value in ((120, 5.0), (60, 7.0), (60, 9.0)):
        put(aws, MetricName="m", Value=value, Dimensions=names, Timestamp=minute - ago)
    put(aws, MetricName="m", Value=100.0, Timestamp=minute - 60)
    metric = {"Namespace": "own", "MetricName": "m", "Dimensions": names}
    queries = [{"Id": "q", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}}]
    window = {"StartTime": minute - 300, "EndTime": minute + 60}
    read = aws.client("cloudwatch").get_metric_data
    newest = read(MetricDataQueries=queries, **window)["MetricDataResults"][0]
    oldest = read(MetricDataQueries=queries, ScanBy="TimestampAscending", **window)
    assert newest["Values"] == [16, 5]
    assert [when.timestamp() for when in newest["Timestamps"]] == [minute - 60, minute - 120]
    assert oldest["MetricDataResults"][0]["Values"] == [5, 16]


@pytest.mark.usefixtures("api")
def test_they_are_listed(aws: Aws) -> None:
    found = aws.client("cloudwatch").list_metrics(
        Namespace="AWS/ApiGateway",
        MetricName="5XXError",
        Dimensions=[{"Name": "Stage"}, {"Name": "ApiName", "Value": NAME}],
    )["Metrics"]
    stages = {
        each["Value"]
        for metric in found
        for each in metric["Dimensions"]
        if each["Name"] == "Stage"
    }
    assert stages == {"live", "live/Canary"}


@pytest.mark.usefixtures("api")
@pytest.mark.parametrize("protocol", ["json", "query"])
def test_in_other_protocols(aws: Aws, protocol: str) -> None:
    body: dict[str, Any] = {
        "Namespace": "AWS/ApiGateway",
        "MetricName": "Count",
        "StartTime": time.time() - 600,
        "EndTime": time.time() + 1,
        "Period": 86400,
    }
    url, scope = aws.endpoint, "Credential=test/20260101/us-east-1/monitoring/aws4_request"
    headers = {"Authorization": f"AWS4-HMAC-SHA256 {scope}"}
    if protocol == "json":
        target = "GraniteServiceVersion20100801.GetMetricStatistics"
        headers |= {"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.0"}
        more = {"Statistics": ["Sum"], "Dimensions": dimensions(STAGE)}
        text = aws.http.post(url, json={**body, **more}, headers=headers).text
        assert json.loads(text)["Datapoints"][0]["Sum"] == 15
        return
    more = {"Action": "GetMetricStatistics", "Statistics.member.1": "Sum"}
    for number, (name, value) in enumerate(STAGE.items(), 1):
        more[f"Dimensions.member.{number}.Name"] = name
        more[f"Dimensions.member.{number}.Value"] = value
    text = aws.http.post(url, data={**body, **more}, headers=headers).text
    assert "<Datapoints><member><Timestamp>" in text
    assert "<Sum>15.0</Sum>" in text
