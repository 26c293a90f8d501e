"""How the pipeline publishes assets: with the newest `cdk-assets` there is."""

from aws_cdk import aws_codebuild as codebuild
from aws_cdk import pipelines

CDK_ASSETS_VERSION = "4.7.3"

# `cdk-assets` 4.7.3, the newest, reads manifests up to version 54 and refuses those of this
# library, which are of version 55. Their schema is the same, character for character
# (@aws-cdk/cloud-assembly-schema 54.0.0 and 55.0.0, schema/assets.schema.json).
_AS_VERSION_54 = (
    "find . -name '*.assets.json' -exec sed -i.bak -E "
    '\'s/"version": ?"55\\.[0-9.]+"/"version":"54.0.0"/\' {} +'
)


def asset_publishing() -> pipelines.CodeBuildOptions:
    """What the project that publishes assets does besides what the CDK writes into it."""
    return pipelines.CodeBuildOptions(
        partial_build_spec=codebuild.BuildSpec.from_object(
            {"version": "0.2", "phases": {"install": {"commands": [_AS_VERSION_54]}}}
        )
    )
