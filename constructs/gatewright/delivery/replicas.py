"""The artifact buckets of other regions, which the CDK makes where a pipeline deploys to any."""

from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_s3 as s3

from gatewright.escape_hatch import l1
from gatewright.operations.findings import acknowledge


def expire_replicas(pipeline: codepipeline.Pipeline, days: int | None) -> None:
    """Let the copies of artifacts go after ``days`` days, as the artifacts do; None for never.

    AWS: "Add a cross-Region action in CodePipeline". The CDK's own stacks of these buckets have no
    such property.
    """
    for support in pipeline.cross_region_support.values():
        bucket = support.replication_bucket
        acknowledge(bucket, "S1", "As the artifact bucket: only the pipeline's own roles use it.")
        if days is None:
            continue
        rule = {"Id": "Expire", "Status": "Enabled", "ExpirationInDays": days}
        l1(bucket, s3.CfnBucket).add_property_override("LifecycleConfiguration", {"Rules": [rule]})
