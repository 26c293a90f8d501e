"""Traffic, errors and latency of an environment's APIs, the canary's beside the whole stage's."""

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from gatewright.canary.figures import CANARY
from gatewright.canary.handler import DECISIONS

_GATEWAY = "AWS/ApiGateway"
_WIDTH = 8  # of 24 columns
_MINUTE = Duration.minutes(1)


class CanaryDashboard(Construct):
    """A row for each stage: requests, shares of errors, latency; and what the controller decided.

    ``stages`` are pairs of an API's and a stage's name, as API Gateway's metrics have them;
    ``namespace`` is that of the controller's metrics. AWS: "Amazon API Gateway dimensions and
    metrics". A stage's own metrics are of all its requests.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        stages: Sequence[tuple[str, str]],
        namespace: str,
    ) -> None:
        super().__init__(scope, construct_id)
        dashboard = cloudwatch.Dashboard(self, "Dashboard", dashboard_name=name)
        apis = dict.fromkeys(api for api, _ in stages)
        dashboard.add_widgets(_decisions(namespace, list(apis)))
        for api, stage in stages:
            dashboard.add_widgets(
                _graph(f"{api} {stage}: requests a minute", api, stage, "Count", "Sum"),
                _errors(api, stage),
                _graph(f"{api} {stage}: latency, ms", api, stage, "Latency", "p99"),
            )


def _decisions(namespace: str, apis: Sequence[str]) -> cloudwatch.GraphWidget:
    """The releases: when one began, moved on, and how it ended."""
    return cloudwatch.GraphWidget(
        title="Releases",
        width=3 * _WIDTH,
        left=[
            cloudwatch.Metric(
                namespace=namespace,
                metric_name="ReleaseDecisions",
                dimensions_map={"api": api, "decision": decision},
                statistic="Sum",
                period=_MINUTE,
                label=f"{api} {decision}",
            )
            for api in apis
            for decision in DECISIONS
        ],
    )


def _errors(api: str, stage: str) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(
        title=f"{api} {stage}: share of errors",
        width=_WIDTH,
        left=[
            metric
            for name in ("5XXError", "4XXError")
            for metric in _both(api, stage, name, "Average")
        ],
    )


def _graph(title: str, api: str, stage: str, metric: str, statistic: str) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(
        title=title, width=_WIDTH, left=list(_both(api, stage, metric, statistic))
    )


def _both(api: str, stage: str, metric: str, statistic: str) -> list[cloudwatch.Metric]:
    return [
        cloudwatch.Metric(
            namespace=_GATEWAY,
            metric_name=metric,
            dimensions_map={"ApiName": api, "Stage": name},
            statistic=statistic,
            period=_MINUTE,
            label=f"{label} {metric}",
        )
        for label, name in (("stage", stage), ("canary", stage + CANARY))
    ]
