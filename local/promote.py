"""`make promote STAGE=...`: a stage is to serve what the stage before it serves."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from gatewright.config import (
    ApiConfig,
    ConfigError,
    Platform,
    UnknownEnvironmentError,
    load_platform,
)
from gatewright.config.promotions import promotions_file, read_promotions, write_promotions
from gatewright.operations.deployed import NotDeployedError, stack_outputs
from gatewright.operations.promotion import PromotionError, served, stage_before
from local.cdk_cli import ROOT
from local.embedded_aws import LocalError
from local.progress import fail
from local.target import reach
from local.up import ENVIRONMENT, FOLDER

_EXPECTED = (ConfigError, UnknownEnvironmentError, NotDeployedError, PromotionError, LocalError)
_EXAMPLES = """\
examples:
  make promote STAGE=beta                              of the one API that has a stage beta
  make promote STAGE=prod ENV=prod ARGS='--api foods-v1'
  make promote STAGE=prod ARGS='--from dev'            passing over the stages between

It writes releases/<environment>.yaml, which the next deployment reads. Commit that file: it says
what is served, and an earlier version of it is the way back.
"""


def promote(options: argparse.Namespace, root: Path = ROOT, folder: Path = FOLDER) -> str:
    """Record what the stage before serves, and return what to print.

    Raises PromotionError, and those of reading platform.yaml and the environment.
    """
    platform = load_platform(root / "platform.yaml")
    environment = platform.environment(options.environment)
    api = _api(platform, options.api, options.stage)
    before = stage_before(api, options.stage)
    source = options.source or before
    client = reach(environment, folder).client
    stack = f"{platform.project}-{environment.name}-{api.api_name}"
    rest_api_id = stack_outputs(client("cloudformation"), stack)["RestApiId"]
    found = served(client("apigateway"), rest_api_id, api.api_name, source)
    file = promotions_file(root, environment.name)
    recorded = {name: dict(stages) for name, stages in read_promotions(file).items()}
    here = recorded.setdefault(api.api_name, {})
    target = f"{api.api_name}:{options.stage}"
    if here.get(options.stage) == found:
        return f"{target} has {found.alias} already, as {source} has; nothing was written."
    here[options.stage] = found
    write_promotions(file, recorded)
    return (
        f"{target} is to serve {found.alias}, deployment {found.deployment}, as {source} does: "
        f"{file.relative_to(root)} says so.\n{_next(environment.name)}"
    )


def _api(platform: Platform, name: str | None, stage: str) -> ApiConfig:
    known = {api.api_name: api for api in platform.apis}
    if name is not None:
        if name not in known:
            raise PromotionError(f"There is no API {name!r}; there are {', '.join(known)}.")
        return known[name]
    having = [api for api in platform.apis if stage in api.stages]
    if len(having) != 1:
        which = ", ".join(api.api_name for api in having)
        raise PromotionError(
            f"Several APIs have a stage {stage!r}: name one by --api, of {which}."
            if having
            else f"No API has a stage {stage!r}. `stages` of a version in platform.yaml names them."
        )
    return having[0]


def _next(environment: str) -> str:
    if environment == ENVIRONMENT:
        return "`make up` deploys it."
    return f"Commit it, then release it: push, or `cdk deploy '{environment}/*'`."


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; `--help` and mistakes end the program, as argparse does it."""
    parser = argparse.ArgumentParser(
        prog="make promote",
        usage="make promote STAGE=stage [ENV=environment] [ARGS='--api API --from STAGE']",
        description=__doc__,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--environment", default=ENVIRONMENT, help=argparse.SUPPRESS)
    parser.add_argument("--stage", required=True, help="the stage that gets a release (STAGE=)")
    parser.add_argument("--api", help="the API, such as foods-v1, where several have that stage")
    parser.add_argument(
        "--from", dest="source", metavar="STAGE", help="in place of the stage before it"
    )
    return parser.parse_args(arguments)


def main() -> None:
    """The command."""
    try:
        print(promote(parse(None)), flush=True)
    except _EXPECTED as error:
        fail(error)
    except (BotoCoreError, ClientError) as error:
        fail(LocalError(f"AWS could not be asked: {error}"))


if __name__ == "__main__":
    main()
