"""An environment to work on, here or on AWS, and how its AWS is reached."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gatewright.config import Environment
from local.embedded_aws import LocalError
from local.server_process import running
from local.up import ENVIRONMENT, embedded_aws


@dataclass(frozen=True, kw_only=True)
class Target:
    """The AWS of an environment.

    ``folder`` is for the command's own files, ``variables`` are the process environment of other
    programs that are to work on it, and ``client`` makes a boto3 client of a service.
    """

    folder: Path
    variables: Mapping[str, str]
    client: Callable[[str], Any]


def reach(environment: Environment, folder: Path) -> Target:
    """Reach an environment with the credentials that are there.

    ``folder`` holds the files of the embedded AWS, where the local environment is. Raises
    LocalError when that does not run, and when the credentials are another account's.
    """
    if environment.name != ENVIRONMENT:
        return _on_aws(environment, folder)
    aws = embedded_aws(environment, folder)
    if running(folder) is None:
        raise LocalError(
            "The embedded AWS does not run, so nothing is deployed to it. `make up` starts it."
        )
    return Target(folder=folder, variables=aws.variables(), client=aws.client)


def _on_aws(environment: Environment, folder: Path) -> Target:
    import boto3  # a fifth of a second that most commands do not need
    from botocore.exceptions import NoCredentialsError

    session = boto3.Session(region_name=environment.region)
    try:
        account = session.client("sts").get_caller_identity()["Account"]
    except NoCredentialsError:
        raise LocalError(
            f"There are no credentials of AWS. Environment {environment.name} is in account "
            f"{environment.account}: log in there, and set AWS_PROFILE or AWS_ACCESS_KEY_ID."
        ) from None
    if account != environment.account:
        raise LocalError(
            f"Your credentials are of account {account}, and environment {environment.name} is in "
            f"{environment.account}. Nothing was changed."
        )
    return Target(
        folder=folder,
        variables=dict(os.environ),
        client=lambda service: session.client(service),  # type: ignore[call-overload]
    )
