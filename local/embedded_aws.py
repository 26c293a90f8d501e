"""Where the embedded AWS of this checkout is, and how to talk to it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEFAULT_PORT = 4566
PORT_VARIABLE = "GATEWRIGHT_PORT"


class LocalError(Exception):
    """Something on this machine keeps the platform from running. The text says what to do."""


@dataclass(frozen=True, kw_only=True)
class EmbeddedAws:
    """The address, account and region of an embedded AWS, and the folder for its files."""

    port: int
    account: str
    region: str
    folder: Path

    @property
    def endpoint_url(self) -> str:
        """The address for people: a name that every browser and curl knows."""
        return f"http://localhost:{self.port}"

    @property
    def socket_url(self) -> str:
        """The address for SDKs. An IP address makes them put bucket names in the path."""
        return f"http://127.0.0.1:{self.port}"

    def variables(self) -> dict[str, str]:
        """The process environment in which every AWS client talks to the embedded AWS.

        Whatever else points at AWS is left out, so that no real account can be reached.
        """
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        return {
            **kept,
            "AWS_ENDPOINT_URL": self.socket_url,
            # The embedded AWS takes a 12-digit access key for the account.
            "AWS_ACCESS_KEY_ID": self.account,
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "localhost,127.0.0.1",
            "no_proxy": "localhost,127.0.0.1",
        }

    def session(self) -> Any:
        """A boto3 session with the embedded AWS's account and region."""
        import boto3  # a fifth of a second that most commands do not need
        from botocore.session import Session

        # A profile that the shell names is not looked for.
        core = Session(session_vars={"profile": (None, None, None, None)})
        return boto3.Session(
            botocore_session=core,
            aws_access_key_id=self.account,
            aws_secret_access_key="local",  # noqa: S106
            region_name=self.region,
        )

    def client(self, service: str) -> Any:
        """A boto3 client of the embedded AWS."""
        return self.session().client(service, endpoint_url=self.socket_url)


def port_from_environment(default: int = DEFAULT_PORT) -> int:
    """The port in GATEWRIGHT_PORT, or the default. Raises LocalError for anything else."""
    text = os.environ.get(PORT_VARIABLE) or str(default)
    if not (text.isascii() and text.isdigit()) or not 1024 <= int(text) <= 65535:
        raise LocalError(
            f"{PORT_VARIABLE}={text!r} is not a port. Use a number from 1024 to 65535."
        )
    return int(text)
