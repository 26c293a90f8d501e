"""The showcase: a platform that has what the example has no use for."""

import shutil
from pathlib import Path

from tests.local.changed_platform import deployable_copy

SHOWCASE = Path(__file__).parents[1] / "showcase"


def deployable_showcase(folder: Path) -> Path:
    """The showcase in ``folder``, with the app and the stacks of the platform."""
    deployable_copy(folder)
    shutil.rmtree(folder / "lambda_src")
    shutil.copytree(SHOWCASE, folder, dirs_exist_ok=True)
    return folder
