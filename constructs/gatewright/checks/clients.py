"""boto3 clients: the function's own, those of an artifact, and those of an environment's account.

boto3 is imported late: a fifth of a second that reading a document does not need.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from gatewright.checks.job import ArtifactCredentials

Clients = Callable[[str], Any]
"""Makes the boto3 client of a service."""

# AWS: RoleSessionName of AssumeRole.
_SESSION_NAME = 64


def own_clients(region: str | None = None) -> Clients:
    """Clients with the function's credentials; of its own region where none is given."""
    import boto3

    return _clients(boto3.Session(region_name=region))


def artifact_clients(credentials: ArtifactCredentials) -> Clients:
    """Clients with the credentials that CodePipeline sent for a job's artifacts."""
    import boto3

    return _clients(
        boto3.Session(
            aws_access_key_id=credentials.access_key_id,
            aws_secret_access_key=credentials.secret_access_key,
            aws_session_token=credentials.session_token or None,
        )
    )


def role_clients(sts: Any, role: str, region: str, job_id: str) -> Clients:
    """Clients of the role ``role``, an ARN. Its sessions are named after the job in CloudTrail."""
    import boto3

    found = sts.assume_role(
        RoleArn=role, RoleSessionName=f"gatewright-{job_id}"[:_SESSION_NAME], DurationSeconds=3600
    )["Credentials"]
    return _clients(
        boto3.Session(
            aws_access_key_id=found["AccessKeyId"],
            aws_secret_access_key=found["SecretAccessKey"],
            aws_session_token=found["SessionToken"],
            region_name=region,
        )
    )


def _clients(session: Any) -> Clients:
    from botocore.config import Config

    retries: Any = {"mode": "standard", "total_max_attempts": 5}

    @cache
    def client(service: str) -> Any:
        if service != "s3":
            return session.client(service, config=Config(retries=retries))
        # Signature Version 4: objects encrypted with KMS need it. The bucket in the path: an
        # endpoint of somebody's own has no host name for each bucket.
        style: Any = {"addressing_style": "path"}
        config = Config(retries=retries, signature_version="s3v4", s3=style)
        return session.client(service, config=config)

    return client
