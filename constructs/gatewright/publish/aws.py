"""AWS, as publishing talks to it."""

from typing import Any

from gatewright.publish.errors import PublishError


def aws_client(service: str) -> Any:
    """boto3's client of a service. Raises PublishError where the machine is not set up for one."""
    import boto3
    from botocore.exceptions import BotoCoreError

    try:
        return boto3.client(service)  # type: ignore[call-overload]
    except BotoCoreError as error:
        raise PublishError(
            f"AWS ({service}): {error}. Set AWS_REGION, and credentials as for any AWS command."
        ) from None
