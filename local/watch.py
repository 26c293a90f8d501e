"""`make watch`: deploys what is saved, when it is saved."""

import argparse
import signal
from pathlib import Path

from gatewright.config import load_platform
from local.cdk_cli import ROOT
from local.inner_loop.loop import Loop
from local.inner_loop.resident import Resident
from local.inner_loop.saves import Saves
from local.one_at_a_time import only_watcher
from local.progress import Progress, fail
from local.up import ENVIRONMENT, EXPECTED, own_aws


def watch(root: Path, progress: Progress) -> None:
    """Deploy the platform in ``root``, then each save below it, until interrupted.

    Raises what `make up` raises for a mistake that keeps the watcher from beginning.
    """
    environment = load_platform(root / "platform.yaml").environment(ENVIRONMENT)
    aws = own_aws(environment, root / ".gatewright")
    with only_watcher(aws.folder):
        resident = Resident(root)
        saves = Saves(root)
        try:
            loop = Loop(root, aws, resident, progress)
            loop.begin()
            loop.follow(saves)
        except KeyboardInterrupt:
            print(flush=True)
            progress.say(
                f"Watching ended. The embedded AWS on port {aws.port} still runs: `make down` "
                "stops it."
            )
        finally:
            saves.close()
            resident.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make watch", description=__doc__)
    parser.add_argument(
        "--folder",
        type=lambda text: Path(text).resolve(),
        default=ROOT,
        help="the folder with platform.yaml and lambda_src; default: this checkout",
    )
    return parser.parse_args()


def main() -> None:
    """The command. SIGTERM, and a terminal that is closed, end it as Ctrl-C does."""
    arguments = _arguments()
    for ending in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(ending) != signal.SIG_IGN:  # nohup's choice
            signal.signal(ending, signal.default_int_handler)
    try:
        watch(arguments.folder, Progress())
    except EXPECTED as error:
        fail(error)


if __name__ == "__main__":
    main()
