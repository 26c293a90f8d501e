"""The CDK app, with its feature flags, however it is started."""

from typing import Any

from aws_cdk import App

# Given here and not in cdk.json, which only the CLI reads: tests, `python app.py` and the CLI
# must synthesise the same templates.
_CONTEXT = {
    "aws:cdk:enable-path-metadata": True,
    # An environment's stacks hold on to what they import: a pool in use cannot be replaced.
    "@aws-cdk/core:defaultCrossStackReferences": "strong",
    "@aws-cdk/aws-iam:minimizePolicies": True,
    "@aws-cdk/core:checkSecretUsage": True,
    "@aws-cdk/core:enablePartitionLiterals": True,
    # CloudFormation takes templates of 1 MB: an API of a thousand routes fits without the spaces.
    "@aws-cdk/core:suppressTemplateIndentation": True,
}


def new_app(**options: Any) -> App:
    """An app without the version line that would change every template with the library.

    ``options`` are those of ``aws_cdk.App``. The validator built into the CDK costs three
    seconds of every synthesis and finds what cfn-lint finds in the tests, so it is off. So is
    ``tree.json``, a second copy of every document, which no command reads.
    """
    return App(
        analytics_reporting=False,
        tree_metadata=False,
        builtin_cloud_formation_validation=False,
        context=_CONTEXT,
        **options,
    )
