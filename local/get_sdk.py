"""`make get-sdk`: the SDKs that API Gateway itself generates, of an environment on AWS."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from gatewright.config import ConfigError, UnknownEnvironmentError, load_platform
from gatewright.operations.deployed import NotDeployedError, read_deployed
from gatewright.operations.get_sdk import TYPES, GetSdkError, SdkNames, get_sdk
from gatewright.publish.published import PublishedError, read_published
from local.cdk_cli import ROOT
from local.embedded_aws import LocalError
from local.progress import Progress, fail
from local.target import Target, reach
from local.up import ENVIRONMENT, FOLDER

_EXPECTED = (
    *(ConfigError, UnknownEnvironmentError, NotDeployedError, PublishedError, GetSdkError),
    *(LocalError, ClientError, BotoCoreError),
)


def get_sdks(name: str, types: Sequence[str], folder: Path, progress: Progress) -> list[Path]:
    """Write the SDKs of each API of environment ``name`` below ``folder``, by type.

    Raises LocalError, GetSdkError and those of reading platform.yaml and the environment.
    """
    platform = load_platform(ROOT / "platform.yaml")
    if name == ENVIRONMENT:
        raise LocalError(
            "The embedded AWS has no GetSdk. `make sdk` generates SDKs on this machine; "
            "`make get-sdk ENV=prod` gets those of an environment on AWS."
        )
    target: Target = reach(platform.environment(name), FOLDER)
    deployed = read_deployed(platform, platform.environment(name), target.client("cloudformation"))
    versions = {
        api: str(document["info"]["version"])
        for api, document in read_published(str(ROOT / "contracts")).items()
    }
    written = []
    retired = {api.api_name for api in platform.apis if api.retired}
    for api in (found for name, found in deployed.apis.items() if name not in retired):
        names = SdkNames(
            project=platform.project, api=api.name, version=versions.get(api.name, "1.0.0")
        )
        for sdk_type in types:
            file = folder / api.name / f"{sdk_type}.zip"
            with progress.step(f"Getting {api.name} for {sdk_type}"):
                content = get_sdk(target.client("apigateway"), api, sdk_type, names)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            written.append(file)
    return written


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="make get-sdk", description=__doc__)
    parser.add_argument("--environment", required=True, help="an environment on AWS")
    parser.add_argument(
        "--type", nargs="+", choices=TYPES, default=list(TYPES), help="default: all of them"
    )
    parser.add_argument("--folder", type=Path, default=ROOT / "dist" / "get-sdk")
    told = parser.parse_args(arguments)
    try:
        for file in get_sdks(told.environment, told.type, told.folder, Progress()):
            print(file)
    except _EXPECTED as error:
        fail(error)


if __name__ == "__main__":
    main()
