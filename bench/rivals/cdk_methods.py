"""The CRUD API as most CDK apps write it: a resource for each path, a method for each route.

It synthesises routes.json of the current folder with what ours leaves out left out as well.
"""

import json
from pathlib import Path

from aws_cdk import App, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_


def main() -> None:
    """Synthesise into cdk.out."""
    app = App(
        analytics_reporting=False,
        tree_metadata=False,
        builtin_cloud_formation_validation=False,
        outdir="cdk.out",
    )
    stack = Stack(app, "shop")
    function = lambda_.Function(
        stack,
        "Function",
        runtime=lambda_.Runtime.PYTHON_3_14,
        handler="handler.handler",
        code=lambda_.Code.from_asset("code"),
    )
    api = apigateway.RestApi(stack, "Api")
    integration = apigateway.LambdaIntegration(function)
    for route in json.loads(Path("routes.json").read_text()):
        api.root.resource_for_path(route["path"]).add_method(route["method"], integration)
    app.synth()


if __name__ == "__main__":
    main()
