"""The showcase: a platform that has what the example has no use for."""

import json
import shutil
from contextlib import suppress
from pathlib import Path

from tests.local.changed_platform import deployable_copy
from tests.local.target import Target
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


def make_called(showcase: Target) -> None:
    """Make the queue, the state machine and the event bus that the showcase sends to."""
    sqs, states = showcase.client("sqs"), showcase.client("stepfunctions")
    sqs.create_queue(QueueName="showcase-orders")
    states.create_state_machine(
        name="showcase-runs",
        definition=json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}),
        roleArn="arn:aws:iam::000000000000:role/runs",
    )
    events = showcase.client("events")
    with suppress(events.exceptions.ResourceAlreadyExistsException):  # made for another test
        events.create_event_bus(Name="showcase-events")
