"""What an approver is shown: the change, and what the checks said."""

from aws_cdk import Stack

from gatewright.delivery.names import EXECUTION
from gatewright.delivery.release_pipeline import ReleasePipeline


def approval_comment(
    stack: Stack, comment: str | None, release: ReleasePipeline, reports_bucket: str
) -> str:
    """The words of the question, with what changed for callers, and where the reports are."""
    reports = (
        f"https://{stack.region}.console.aws.amazon.com/s3/buckets/{reports_bucket}"
        f"?region={stack.region}&prefix={EXECUTION}/"
    )
    lines = [
        comment or "Release to the next environments?",
        *release.change(),
        f"Contracts: {release.built.summary}.",
        f"Reports: {reports}",
    ]
    return " ".join(lines)


def change_link(stack: Stack, pipeline_name: str) -> str:
    """The page of this execution, which shows the change and every check."""
    return (
        f"https://{stack.region}.console.aws.amazon.com/codesuite/codepipeline/pipelines/"
        f"{pipeline_name}/executions/{EXECUTION}/visualization?region={stack.region}"
    )
