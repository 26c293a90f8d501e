"""CodeArtifact as the index of all kinds."""

from collections.abc import Iterator
from typing import Any

from gatewright.publish.errors import PublishError
from gatewright.publish.indexes.index import Address, Credentials
from gatewright.publish.indexes.kinds import KINDS
from gatewright.publish.settings import Repository

_USER = "aws"
# AWS: "Tokens created with the GetAuthorizationToken API", 15 minutes to 12 hours.
_TOKEN_SECONDS = 3600


def addresses(repository: Repository, codeartifact: Any) -> Iterator[Address]:
    """The repository's address for each kind, with a token of an hour. Raises PublishError.

    ``codeartifact`` is boto3's client. AWS: "Configure and use twine", "npm" and "Maven with
    CodeArtifact" in its user guide: the user is `aws`; npm takes the token as it is.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    owner = {"domainOwner": repository.owner} if repository.owner else {}
    domain = {"domain": repository.domain, **owner}
    try:
        answer = codeartifact.get_authorization_token(**domain, durationSeconds=_TOKEN_SECONDS)
        token = answer["authorizationToken"]
        for kind in KINDS:
            found = codeartifact.get_repository_endpoint(
                **domain, repository=repository.name, format=kind
            )
            yield Address(
                kind=kind, url=found["repositoryEndpoint"], credentials=_credentials(kind, token)
            )
    except (BotoCoreError, ClientError) as error:
        raise PublishError(
            f"CodeArtifact, {repository.domain}/{repository.name}: {error}. Look whether the "
            "domain and the repository are there, in this region, and whether who runs this may "
            "do what gatewright.publish.permissions lists."
        ) from None


def _credentials(kind: str, token: str) -> Credentials:
    if kind == "npm":
        return Credentials(token=token)
    return Credentials(username=_USER, password=token)
