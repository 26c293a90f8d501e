"""`make reset`: stops the embedded AWS and forgets what was deployed to it."""

import shutil
from pathlib import Path

from gatewright.config.promotions import promotions_file
from local.cdk_cli import ROOT
from local.embedded_aws import LocalError
from local.one_at_a_time import only_one
from local.outputs import FILE
from local.progress import fail
from local.server_process import state_folder, stop
from local.up import ENVIRONMENT, FOLDER


def reset(folder: Path, promotions: Path | None = None) -> str:
    """Remove the server's state and what describes it, and say so. Safe to run again.

    ``promotions`` is the file of what was promoted there: its ids name nothing any more.

    Raises LocalError while a `make up` works on the folder.
    """
    with only_one(folder):
        stopped = stop(folder)
        kept = state_folder(folder)
        if stopped is None and not kept.exists():
            return "Nothing was deployed to the embedded AWS of this folder."
        shutil.rmtree(kept, ignore_errors=True)
        (folder / FILE).unlink(missing_ok=True)
        if promotions:
            promotions.unlink(missing_ok=True)
    done = "Stopped the embedded AWS and forgot" if stopped else "Forgot"
    return (
        f"{done} what was deployed to it: APIs, users, keys, tables and logs. "
        "`make up` starts from nothing."
    )


def main() -> None:
    """The command."""
    try:
        print(reset(FOLDER, promotions_file(ROOT, ENVIRONMENT)))
    except LocalError as error:
        fail(error)


if __name__ == "__main__":
    main()
