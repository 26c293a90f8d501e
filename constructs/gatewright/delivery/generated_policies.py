"""The wildcards in what the CDK itself writes for a pipeline, accepted where they are."""

from aws_cdk import aws_iam as iam
from constructs import IConstruct

from gatewright.operations.wildcards import acknowledge_wildcards

_REASON = (
    "Written by CDK Pipelines: grants of the artifact bucket and its key (s3:GetObject*, "
    "kms:ReEncrypt* and the like), log groups and reports of its own builds, and the CDK's own "
    "bootstrap roles. A test lists every one by its path."
)


def acknowledge_generated_policies(pipeline: IConstruct) -> None:
    """Accept the wildcards of each policy below ``pipeline``, none of which is ours."""
    for construct in pipeline.node.find_all():
        if isinstance(construct, iam.Policy):
            acknowledge_wildcards(construct, _REASON)
