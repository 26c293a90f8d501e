"""The minimal platform as a repository: commits to release through its pipeline."""

import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from gatewright.config import load_platform
from gatewright.operations.deployed import Deployed, read_deployed
from local.embedded_aws import EmbeddedAws
from local.outputs import local_url
from local.progress import Progress
from local.rehearsal.execution import Execution
from local.rehearse import Rehearsal, rehearse
from tests.synthesis import ROOT, change_text

ACCOUNT = "111111111111"
SECRET = "known to both"
_PLATFORM = Path(__file__).parent / "platform"
_IDENTITY = ("-c", "user.name=Corner", "-c", "user.email=corner@example.com")


@dataclass(frozen=True)
class Corner:
    """A repository with the minimal platform, and the embedded AWS that it is released to."""

    root: Path
    aws: EmbeddedAws

    def change(self, file: str, old: str, new: str) -> None:
        """Change a file of the working tree."""
        change_text(self.root / file, old, new)

    def release(self, subject: str, *, approve: str = "yes") -> list[Execution]:
        """Commit what was changed, and rehearse its release."""
        self.git("add", "--all")
        self.git(*_IDENTITY, "commit", "--quiet", "--allow-empty", "--message", subject)
        # What a lock names is installed once for all builds.
        bundles = self.aws.folder / "bundles"
        bundles.mkdir(exist_ok=True)
        variables = {
            "PLATFORM_PYTHON": sys.executable,
            "PLATFORM_BUNDLES": str(bundles),
            "PLATFORM_LIBRARY": str(ROOT / "constructs"),
            "SDK_PYTHON": str(ROOT / ".gatewright" / "sdk" / "bin" / "python"),
        }
        return rehearse(
            Rehearsal(aws=self.aws, root=self.root, approve=approve, build_variables=variables),
            Progress(),
        )

    def undo(self) -> None:
        """Take the last commit's changes back, for the next one."""
        self.git(*_IDENTITY, "revert", "--no-edit", "HEAD")

    def git(self, *arguments: str) -> None:
        """Run git in the repository."""
        subprocess.run(["git", *arguments], cwd=self.root, check=True)  # noqa: S607

    def answer(self, environment: str, path: str = "") -> httpx.Response:
        """What the shop of an environment says."""
        return httpx.get(self.url(environment) + path)

    def prices(self, environment: str) -> httpx.Response:
        """What those with a key are told."""
        return httpx.get(self.url(environment) + "prices", headers=self.key(environment))

    def key(self, environment: str) -> dict[str, str]:
        """The header of those with a key."""
        deployed, aws = self._deployed(environment)
        key = aws.client("apigateway").get_api_key(
            apiKey=deployed.key_ids["checks"], includeValue=True
        )["value"]
        return {"x-api-key": key}

    def published(self, key: str) -> bytes:
        """A file of the published documents."""
        aws = replace(self.aws, account=ACCOUNT)
        stack = aws.client("cloudformation").describe_stack_resources(StackName="corner-pipeline")
        [bucket] = [
            resource["PhysicalResourceId"]
            for resource in stack["StackResources"]
            if resource["LogicalResourceId"].startswith("DocumentsBucket")
            and resource["ResourceType"] == "AWS::S3::Bucket"
        ]
        found: bytes = aws.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
        return found

    def url(self, environment: str, api: str = "shop-v1") -> str:
        """Where an API of an environment answers."""
        deployed, aws = self._deployed(environment)
        return local_url(aws, deployed.apis[api])

    def _deployed(self, environment: str) -> tuple[Deployed, EmbeddedAws]:
        platform = load_platform(self.root / "platform.yaml")
        aws = replace(self.aws, account=ACCOUNT)
        client = aws.client("cloudformation")
        return read_deployed(platform, platform.environment(environment), client), aws


def new_corner(folder: Path, aws: EmbeddedAws, third_party: str) -> Corner:
    """A repository in ``folder`` whose beta is checked by the service at ``third_party``."""
    shutil.copytree(_PLATFORM, folder)
    shutil.copytree(
        ROOT / "stacks", folder / "stacks", ignore=shutil.ignore_patterns("__pycache__")
    )
    for file in ("app.py", "cdk.json", ".gitignore"):
        shutil.copy(ROOT / file, folder)
    corner = Corner(folder, aws)
    corner.change("platform.yaml", "THIRD_PARTY", third_party)
    corner.git("init", "--quiet", "--initial-branch", "main")
    return corner
