"""The CRUD API for SAM, for the Serverless Framework, and for an app with the CDK's L2."""

import json
from pathlib import Path

from bench.crud.operations import crud_routes

_HANDLER = '''"""Answers every route of a shop."""


def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": '{"hello":"world"}',
    }
'''


def write_sam(folder: Path, count: int) -> Path:
    """A SAM template with one function and an event for each route, as JSON: YAML reads slower."""
    events = {
        f"Route{index}": {
            "Type": "Api",
            "Properties": {"Path": route.path, "Method": route.method.lower()},
        }
        for index, route in enumerate(crud_routes(count))
    }
    function = {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "Handler": "handler.handler",
            "Runtime": "python3.13",
            "CodeUri": "s3://bucket/key",
            "Events": events,
        },
    }
    folder.mkdir(parents=True)
    template = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {"Function": function},
    }
    (folder / "template.json").write_text(json.dumps(template))
    return folder


def write_serverless(folder: Path, count: int, node_modules: Path) -> Path:
    """A service of the Serverless Framework with one function. Its file is YAML; so is JSON."""
    events = [
        {"http": {"method": route.method.lower(), "path": route.path}}
        for route in crud_routes(count)
    ]
    service = {
        "service": "shop",
        "frameworkVersion": "3",
        "provider": {"name": "aws", "runtime": "python3.11", "region": "us-east-1"},
        "package": {"patterns": ["!**", "handler.py"]},
        "plugins": ["serverless-offline"],
        "functions": {
            "api": {
                "handler": "handler.handler",
                "events": [{"http": {"method": "get", "path": "/"}}, *events],
            }
        },
    }
    folder.mkdir(parents=True)
    (folder / "serverless.yml").write_text(json.dumps(service))
    (folder / "handler.py").write_text(_HANDLER)
    # Plugins are looked for beside the service.
    (folder / "node_modules").symlink_to(node_modules)
    return folder


def write_methods_app(folder: Path, count: int) -> Path:
    """What bench/rivals/cdk_methods.py reads: the routes and the code of the one function."""
    folder.mkdir(parents=True)
    routes = [{"method": route.method, "path": route.path} for route in crud_routes(count)]
    (folder / "routes.json").write_text(json.dumps(routes))
    (folder / "code").mkdir()
    (folder / "code" / "handler.py").write_text(_HANDLER)
    return folder
