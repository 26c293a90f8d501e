"""Calls to DynamoDB are parts of the request's trace, sent to the daemon that Lambda runs.

AWS: "AWS X-Ray segment documents", "Lambda: defined runtime environment variables".
"""

import json
import socket
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from gatewright.bundling import HOST, bundle_service
from gatewright.config import Platform
from local.cdk_cli import ROOT
from local.embedded_aws import EmbeddedAws
from tests.local.target import Target
from tests.unit.proxy_events import proxy_event

TRACE = "1-5759e988-bd862e3fe1be46a994272793"
PROGRAM = """
import sys, json; sys.path.insert(0, sys.argv[1])
from foods.v2.handler import app
print(app(json.loads(sys.argv[2]), None)["statusCode"])
"""


def test_a_call_to_the_table_is_traced(
    own_aws: EmbeddedAws, target: Target, platform: Platform, tmp_path: Path
) -> None:
    api = next(api for api in platform.apis if api.api_name == "foods-v2")
    function = target.function_configuration("foods-v2")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as daemon:
        daemon.bind(("127.0.0.1", 0))
        daemon.settimeout(10)
        variables = {
            **own_aws.variables(),
            **function["Environment"]["Variables"],
            "LAMBDA_TASK_ROOT": str(tmp_path),
            "AWS_XRAY_DAEMON_ADDRESS": f"127.0.0.1:{daemon.getsockname()[1]}",
            "_X_AMZN_TRACE_ID": f"Root={TRACE};Parent=53995c3f42cd8ad8;Sampled=1",
        }
        bundle = bundle_service(
            ROOT / "lambda_src" / api.package, HOST, ROOT / ".gatewright/bundles"
        )
        with ZipFile(bundle.path) as archive:
            archive.extractall(tmp_path)
        event = json.dumps(proxy_event("GET", "/foods/no-such-food"))
        ran = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path), event],
            capture_output=True,
            text=True,
            check=False,
            env=variables,
        )
        assert ran.stdout.splitlines()[-1:] == ["404"], ran.stderr
        segment = json.loads(daemon.recv(65536).splitlines()[1])
    assert segment["trace_id"] == TRACE
    assert segment["name"] == "dynamodb"
    assert segment["aws"]["operation"] == "GetItem"
    assert segment["aws"]["table_name"] == variables["TABLE_STOCK"]
