"""What the resident process is asked to do. It answers with a report where others would end."""

import functools
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import ParamSpec, TypeVar

from local.embedded_aws import EmbeddedAws, LocalError

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Refused:
    """What is wrong, as every command reports it. ``in_sources`` if a save can mend it."""

    report: str
    in_sources: bool


def _reporting(task: Callable[Arguments, Result]) -> Callable[Arguments, Result | Refused]:
    @functools.wraps(task)
    def reported(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result | Refused:
        # Imported here and below: a mistake may be in the library itself, and must be reported.
        try:
            from local.up import EXPECTED

            try:
                return task(*arguments, **named)
            except EXPECTED as error:
                return Refused(report=str(error), in_sources=not isinstance(error, LocalError))
        except Exception:
            return Refused(report=traceback.format_exc().rstrip(), in_sources=True)

    return reported


@_reporting
def bring_up(root: Path, aws: EmbeddedAws) -> None:
    """What `make up` does."""
    from local.progress import Progress
    from local.up import up

    up(Progress(), aws, root)


@_reporting
def synthesise(root: Path, aws: EmbeddedAws, folder: Path) -> None:
    """Synthesise the local environment alone, from what is saved, into ``folder``."""
    from gatewright.config import load_platform
    from local.up import ENVIRONMENT
    from stacks.app import new_app
    from stacks.platform import add_platform

    platform = load_platform(root / "platform.yaml")
    environment = platform.environment(ENVIRONMENT)
    if (environment.account, environment.region) != (aws.account, aws.region):
        raise LocalError(
            f"Environment {ENVIRONMENT} was in {aws.account}, {aws.region} when this began. End it "
            "and begin again to have it elsewhere."
        )
    app = new_app(outdir=str(folder))
    add_platform(app, platform.only(environment.name), root)
    app.synth()


@_reporting
def write_outputs(root: Path, aws: EmbeddedAws, written: str | None) -> str:
    """Renew outputs.json and the public documents, unless they are of the contracts ``written``.

    Returns the hash of the contracts. A changed description is in them and in no template.
    """
    from gatewright.config import load_platform
    from local.up import ENVIRONMENT, seed
    from stacks.contracts import read_contracts

    platform = load_platform(root / "platform.yaml")
    contracts = read_contracts(platform, root)
    told = [contracts[name] for name in sorted(contracts)]
    texts = "\0".join(f"{contract.text}\0{contract.lifecycle}" for contract in told)
    found = sha256(texts.encode()).hexdigest()
    if found != written:
        seed(aws, platform, platform.environment(ENVIRONMENT), contracts)
    return found
