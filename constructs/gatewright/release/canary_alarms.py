"""The alarms that watch a canary alone, and never the rest of the stage."""

from collections.abc import Iterator, Mapping
from typing import Any

from aws_cdk import Fn, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from gatewright.canary.figures import CANARY
from gatewright.release.canary_settings import AlarmThresholds

Dimensions = Mapping[str, str]
_GATEWAY = "AWS/ApiGateway"
_LAMBDA = "AWS/Lambda"
# A stage's metrics are of all its requests, the canary's among them: the others are what remains.
_JUMP = (
    "100 * (canary4xx / canaryall"
    " - IF(stageall > canaryall, (stage4xx - canary4xx) / (stageall - canaryall), 0))"
)


class CanaryAlarms(Construct):
    """One alarm for each threshold, and for each function of the new release.

    ``api_name`` and ``stage_name`` are how API Gateway names the stage in its metrics; ``aliases``
    are the names of the functions' aliases, by the functions' names; ``prefix`` begins every
    alarm's name. Without data an alarm is not red: a canary that nobody called has done no harm.
    AWS: "Amazon API Gateway dimensions and metrics", "Types of metrics for Lambda functions".
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        prefix: str,
        api_name: str,
        stage_name: str,
        aliases: Mapping[str, tuple[str, str]],
        thresholds: AlarmThresholds,
        period_seconds: int,
    ) -> None:
        super().__init__(scope, construct_id)
        self._prefix = prefix
        self._period = period_seconds
        self._canary = _stage(api_name, stage_name + CANARY)
        self._stage = _stage(api_name, stage_name)
        self.names = [
            *self._of_answers(thresholds),
            *self._of_functions(thresholds, aliases),
        ]

    @property
    def arns(self) -> list[str]:
        """The ARN of each alarm."""
        stack = Stack.of(self)
        prefix = f"arn:{stack.partition}:cloudwatch:{stack.region}:{stack.account}:alarm:"
        return [prefix + name for name in self.names]

    def _of_answers(self, thresholds: AlarmThresholds) -> Iterator[str]:
        if thresholds.errors_5xx_percent is not None:
            # The average of 5XXError is its share of the requests, 0 to 1.
            yield self._alarm(
                "5xx", thresholds.errors_5xx_percent / 100, **self._metric("5XXError", "Average")
            )
        if thresholds.errors_4xx_points is not None:
            yield self._alarm("4xx", thresholds.errors_4xx_points, metrics=self._jump())
        if thresholds.latency_p99_ms is not None:
            yield self._alarm(
                "latency",
                thresholds.latency_p99_ms,
                namespace=_GATEWAY,
                metric_name="Latency",
                dimensions=_properties(self._canary),
                extended_statistic="p99",
                period=self._period,
            )

    def _of_functions(
        self, thresholds: AlarmThresholds, aliases: Mapping[str, tuple[str, str]]
    ) -> Iterator[str]:
        watched = {
            "errors": ("Errors", thresholds.function_errors),
            "throttles": ("Throttles", thresholds.function_throttles),
        }
        for name, (function, alias) in aliases.items():
            dimensions = {"FunctionName": function, "Resource": Fn.join(":", [function, alias])}
            for what, (metric, threshold) in watched.items():
                if threshold is not None:
                    yield self._alarm(
                        f"{name.lower()}-{what}",
                        threshold,
                        namespace=_LAMBDA,
                        metric_name=metric,
                        dimensions=_properties(dimensions),
                        statistic="Sum",
                        period=self._period,
                    )

    def _alarm(self, what: str, threshold: float, **watched: Any) -> str:
        name = f"{self._prefix}-{what}"
        cloudwatch.CfnAlarm(
            self,
            what,
            alarm_name=name,
            alarm_description="Of a release's canary: it is rolled back when this is red",
            comparison_operator="GreaterThanThreshold",
            threshold=threshold,
            evaluation_periods=1,
            datapoints_to_alarm=1,
            treat_missing_data="notBreaching",
            **watched,
        )
        return name

    def _metric(self, name: str, statistic: str) -> dict[str, Any]:
        return {
            "namespace": _GATEWAY,
            "metric_name": name,
            "dimensions": _properties(self._canary),
            "statistic": statistic,
            "period": self._period,
        }

    def _jump(self) -> list[cloudwatch.CfnAlarm.MetricDataQueryProperty]:
        query = cloudwatch.CfnAlarm.MetricDataQueryProperty
        watched = {
            "canary4xx": self._sum("4XXError", self._canary),
            "canaryall": self._sum("Count", self._canary),
            "stage4xx": self._sum("4XXError", self._stage),
            "stageall": self._sum("Count", self._stage),
        }
        return [
            query(
                id="jump",
                expression=_JUMP,
                label="4XX of the canary above those of the others, in percentage points",
                return_data=True,
            ),
            *(
                query(id=name, metric_stat=metric, return_data=False)
                for name, metric in watched.items()
            ),
        ]

    def _sum(self, name: str, dimensions: Dimensions) -> cloudwatch.CfnAlarm.MetricStatProperty:
        return cloudwatch.CfnAlarm.MetricStatProperty(
            metric=cloudwatch.CfnAlarm.MetricProperty(
                namespace=_GATEWAY, metric_name=name, dimensions=_properties(dimensions)
            ),
            period=self._period,
            stat="Sum",
        )


def _stage(api_name: str, stage_name: str) -> Dimensions:
    return {"ApiName": api_name, "Stage": stage_name}


def _properties(dimensions: Dimensions) -> list[cloudwatch.CfnAlarm.DimensionProperty]:
    return [
        cloudwatch.CfnAlarm.DimensionProperty(name=name, value=value)
        for name, value in dimensions.items()
    ]
