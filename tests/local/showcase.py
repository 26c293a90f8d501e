"""The showcase: a platform that has what the example has no use for."""

import shutil
from pathlib import Path

from tests.local.changed_platform import deployable_copy
from tests.synthesis import change_text

SHOWCASE = Path(__file__).parents[1] / "showcase"


ENDPOINT = "endpoint.example:80"
ISSUER = "http://127.0.0.1:1/issuer"


def deployable_showcase(folder: Path, *, endpoint: str = ENDPOINT, issuer: str = ISSUER) -> Path:
    """The showcase in ``folder``, with the app and the stacks of the platform.

    ``endpoint`` is the host and port that its HTTP integrations call, ``issuer`` whose tokens it
    takes.
    """
    deployable_copy(folder)
    shutil.rmtree(folder / "lambda_src")
    shutil.copytree(SHOWCASE, folder, dirs_exist_ok=True)
    change_text(folder / "platform.yaml", ENDPOINT, endpoint)
    change_text(folder / "platform.yaml", ISSUER, issuer)
    return folder
