"""How well releases go: how long a push takes to prod, and how many pushes fail."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_events as events
from constructs import Construct

_DAYS = Duration.days(1)


class ReleaseDashboard(Construct):
    """Lead time and change failures of a pipeline, by day.

    The lead time is CodePipeline's own PipelineDuration, from the push to the last stage, with the
    time that an approval waits (AWS: "Monitoring CodePipeline metrics"; pipelines of type V2).
    Change failures are the failed executions among those that ended, counted by EventBridge.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        pipeline: codepipeline.Pipeline,
        released: events.Rule,
        failed: events.Rule,
    ) -> None:
        super().__init__(scope, construct_id)
        dashboard = cloudwatch.Dashboard(self, "Dashboard", dashboard_name=name)
        dashboard.add_widgets(
            self._lead_time(pipeline),
            self._releases(released, failed),
            self._failures(released, failed),
        )

    def _lead_time(self, pipeline: codepipeline.Pipeline) -> cloudwatch.GraphWidget:
        def duration(statistic: str) -> cloudwatch.Metric:
            return cloudwatch.Metric(
                namespace="AWS/CodePipeline",
                metric_name="PipelineDuration",
                dimensions_map={"PipelineName": pipeline.pipeline_name},
                statistic=statistic,
                period=_DAYS,
            )

        return cloudwatch.GraphWidget(
            title="Lead time from push to the end, seconds",
            left=[duration("p50"), duration("Maximum")],
        )

    def _releases(self, released: events.Rule, failed: events.Rule) -> cloudwatch.GraphWidget:
        return cloudwatch.GraphWidget(
            title="Releases a day",
            left=[_count(released, "released"), _count(failed, "failed")],
        )

    def _failures(self, released: events.Rule, failed: events.Rule) -> cloudwatch.GraphWidget:
        rate = cloudwatch.MathExpression(
            expression="100 * FILL(bad, 0) / (FILL(bad, 0) + FILL(good, 0))",
            label="Change failures, percent",
            using_metrics={"bad": _count(failed, "failed"), "good": _count(released, "released")},
            period=_DAYS,
        )
        return cloudwatch.GraphWidget(title="Change failures", left=[rate])


def _count(rule: events.Rule, label: str) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace="AWS/Events",
        metric_name="MatchedEvents",
        dimensions_map={"RuleName": rule.rule_name},
        statistic="Sum",
        period=_DAYS,
        label=label,
    )
