"""A deployed till, releases of it, and what its callers get meanwhile."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from local.embedded_aws import EmbeddedAws, LocalError
from tests.canary.traffic import Traffic, traffic_at
from tests.local.changed_platform import deploy, deployable_copy
from tests.synthesis import change_text, change_yaml

PLATFORM = Path(__file__).parent
STACK = "canary-local-till-v1"
PARAMETER = "/gatewright/canary/local/till-v1"


@dataclass
class Till:
    """The till's API on an embedded AWS, with the folder that it is deployed from."""

    aws: EmbeddedAws
    root: Path

    def change(self, **values: object) -> None:
        """Give constants of the handler other values."""
        file = self.root / "lambda_src" / "till" / "handler.py"
        text = file.read_text()
        for name, value in values.items():
            line = f"{name} = {json.dumps(value)}"
            text, changed = re.subn(rf"^{name} = .*?(?=  #|$)", line, text, flags=re.M)
            assert changed == 1, name
        file.write_text(text)

    def change_contract(self, old: str, new: str) -> None:
        """Replace text of the contract."""
        change_text(self.root / "lambda_src" / "till" / "openapi.yaml", old, new)

    def restore_contract(self) -> None:
        """Write the contract as it was."""
        file = Path("lambda_src", "till", "openapi.yaml")
        shutil.copy(PLATFORM / file, self.root / file)

    def configure(self, release: dict[str, Any] | str) -> None:
        """Choose how releases reach callers."""
        change_yaml(
            self.root / "platform.yaml",
            lambda file: file["environments"]["local"].update(release=release),
        )

    def deploy(self) -> float:
        """The seconds that a deployment took. Raises LocalError when it failed."""
        began = time.monotonic()
        deploy(self.aws, self.root)
        return time.monotonic() - began

    def failure(self) -> str:
        """The reason of a deployment that must fail."""
        try:
            self.deploy()
        except LocalError as problem:
            return str(problem)
        raise AssertionError("the deployment was to fail")

    @property
    def url(self) -> str:
        return f"{self.aws.socket_url}/_aws/execute-api/{self.api}/live/"

    @property
    def api(self) -> str:
        stacks = self.aws.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
        outputs = {o["OutputKey"]: o["OutputValue"] for o in stacks[0]["Outputs"]}
        return str(outputs["RestApiId"])

    @property
    def stage(self) -> dict[str, Any]:
        gateway = self.aws.client("apigateway")
        return dict(gateway.get_stage(restApiId=self.api, stageName="live"))

    @property
    def canary(self) -> dict[str, Any]:
        return dict(self.stage.get("canarySettings") or {})

    @property
    def record(self) -> dict[str, Any]:
        ssm = self.aws.client("ssm")
        try:
            value = ssm.get_parameter(Name=f"{PARAMETER}/release")["Parameter"]["Value"]
        except ssm.exceptions.ParameterNotFound:
            return {}
        return dict(json.loads(value))

    def wish(self, what: str) -> None:
        """What an operator writes."""
        value = json.dumps({"wish": what, "release": self.record["release"], "by": "ada"})
        self.aws.client("ssm").put_parameter(
            Name=f"{PARAMETER}/wish", Value=value, Type="String", Overwrite=True
        )

    def call(self, path: str = "price") -> httpx.Response:
        return httpx.get(self.url + path)

    def write_record(self, record: dict[str, Any]) -> None:
        """Put another record in its place."""
        self.aws.client("ssm").put_parameter(
            Name=f"{PARAMETER}/release", Value=json.dumps(record), Type="String", Overwrite=True
        )

    def until_status(self, status: str, seconds: float = 60) -> None:
        """Wait for a status of the stack."""
        formation = self.aws.client("cloudformation")
        for _ in range(int(seconds / 0.1)):
            [stack] = formation.describe_stacks(StackName=STACK)["Stacks"]
            if stack["StackStatus"] == status:
                return
            time.sleep(0.1)
        raise AssertionError(f"the stack is {stack['StackStatus']}, and not {status}")

    def until_begun(self, before: str | None, seconds: float = 60) -> None:
        """Wait for the canary of another request than ``before``."""
        for _ in range(int(seconds / 0.1)):
            record = self.record
            if record.get("request") != before and record.get("state") == "baking":
                return
            time.sleep(0.1)
        raise AssertionError(f"no canary began: {self.record}")

    def traffic(self, path: str = "price") -> AbstractContextManager[Traffic]:
        """Callers without a pause."""
        gateway, api = self.aws.client("apigateway"), self.api

        def share() -> float:
            stage = gateway.get_stage(restApiId=api, stageName="live")
            return float((stage.get("canarySettings") or {}).get("percentTraffic") or 0)

        return traffic_at(self.url + path, share)


def till_in(aws: EmbeddedAws, folder: Path) -> Till:
    """A copy of the platform, not deployed yet."""
    root = deployable_copy(folder)
    shutil.rmtree(root / "lambda_src")
    for name in ("platform.yaml", "lambda_src"):
        source = PLATFORM / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copy(source, root)
    return Till(aws, root)


class Deployment:
    """A deployment in the background."""

    problem: str | None = None


@contextmanager
def deploying(till: Till) -> Iterator[Deployment]:
    """Deploy meanwhile; when the block ends the deployment has ended too."""
    deployment = Deployment()

    def deploy() -> None:
        try:
            till.deploy()
        except LocalError as problem:
            deployment.problem = str(problem)

    thread = threading.Thread(target=deploy)
    before = till.record.get("request")
    thread.start()
    try:
        till.until_begun(before)
        yield deployment
    finally:
        thread.join()
