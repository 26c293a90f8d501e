"""A place for a service that would rather call than be asked.

The service puts its result, the JSON that it would answer, to a URL in S3 that is good for this run
alone, and the action looks there. So nothing of ours has to listen.
"""

import json

from gatewright.checks.clients import Clients
from gatewright.checks.report import reports_bucket
from gatewright.checks.third_party.result import Result, read_result

_MOST_BYTES = 100_000
_MISSING = ("NoSuchKey", "404")


class Mailbox:
    """Where the result of the run ``run_id`` is to be put."""

    def __init__(self, clients: Clients, run_id: str) -> None:
        self._s3 = clients("s3")
        self._place = {"Bucket": reports_bucket(), "Key": f"results/{run_id}.json"}

    def url(self, seconds: float) -> str:
        """A URL to PUT to for ``seconds``; whoever has it can. AWS: "Using presigned URLs"."""
        return str(
            self._s3.generate_presigned_url(
                "put_object", Params=self._place, ExpiresIn=max(int(seconds), 1)
            )
        )

    def result(self) -> Result | None:
        """What was put there, if anything was. Raises OutageError if that is no result."""
        try:
            found = self._s3.get_object(**self._place)
        except self._s3.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                return None
            raise
        try:
            content = json.loads(found["Body"].read(_MOST_BYTES))
        except ValueError:
            content = None
        return read_result(content)
