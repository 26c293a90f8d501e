"""The showcase: a platform that has what the example has no use for."""

import shutil
from pathlib import Path

from tests.local.changed_platform import deployable_copy
from tests.synthesis import change_text

SHOWCASE = Path(__file__).parents[1] / "showcase"


ENDPOINT = "endpoint.example:80"


def deployable_showcase(folder: Path, endpoint: str = ENDPOINT) -> Path:
    """The showcase in ``folder``, with the app and the stacks of the platform.

    ``endpoint`` is the host and port that its HTTP integrations call.
    """
    deployable_copy(folder)
    shutil.rmtree(folder / "lambda_src")
    shutil.copytree(SHOWCASE, folder, dirs_exist_ok=True)
    change_text(folder / "platform.yaml", ENDPOINT, endpoint)
    return folder
