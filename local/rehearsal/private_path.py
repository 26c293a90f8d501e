"""Calls of the embedded AWS's private paths, which do what AWS does by itself.

`local.private_paths` lists them.
"""

import json
import urllib.error
import urllib.request
from typing import Any

from local.embedded_aws import EmbeddedAws, LocalError

_SECONDS = 30
# Whatever proxy the shell names, this machine is reached without it.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class PrivatePath:
    """The private paths of one account and region, by default those of ``aws``."""

    def __init__(
        self, aws: EmbeddedAws, *, account: str | None = None, region: str | None = None
    ) -> None:
        scope = f"{account or aws.account}/{region or aws.region}"
        self._url = f"{aws.socket_url}/_gatewright/{scope}"

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The answer to a request below the account and region. Raises LocalError."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._url}/{path}", data=data, method=method)  # noqa: S310
        try:
            with _DIRECT.open(request, timeout=_SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            said = error.read().decode(errors="replace").strip()
            raise LocalError(f"The embedded AWS refused {method} {path}: {said}") from None
        except (OSError, ValueError) as error:
            raise LocalError(
                f"The embedded AWS does not answer: {error}. `make up` starts it."
            ) from None
