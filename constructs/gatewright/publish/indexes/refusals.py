"""What an index's refusal means, and what to do about it."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from gatewright.publish.errors import PublishError
from gatewright.publish.indexes.index import Address

_WHOSE = (
    "for CodeArtifact look at the policies of the repository and of who runs this; of another "
    "index the secret in Secrets Manager (--index-secret; pipeline.sdks.indexes.secret) has to be "
    '{"username": ..., "password": ...}, or {"token": ...} for npm alone, of one who may publish'
)
_REMEDIES: Mapping[int, str] = MappingProxyType(
    {
        400: "it does not take such a package, or has this version already: see its own log",
        401: f"it does not know the credentials: {_WHOSE}",
        402: "it wants to be paid for private packages: use another index",
        403: f"these credentials may not publish there, or the version is there already: {_WHOSE}",
        404: "look at the URL: there is no such index",
        405: "look at the URL: nothing can be uploaded there",
        409: "it has this version already, with another content; versions are never replaced: "
        "delete it there, or release a change of the contract",
        413: "it does not take files of this size: raise its limit",
        429: "it is asked too often: run this again later",
    }
)
_AGAIN = "see its own log, and run this again: what is published already is passed over"
_UNREACHABLE = re.compile(
    r"ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|Connection refused|Unknown host|Max retries"
    r"|NewConnectionError|ConnectTimeout"
)
_LINES = 3
# As twine, npm and Maven write a status.
_STATUS = re.compile(
    r"HTTPError: (\d{3})|npm (?:error|ERR!) code E(\d{3})|status(?: code)?:? (\d{3})", re.I
)
_NO_LOGIN = re.compile(r"ENEEDAUTH|NonInteractive|Credential not found")


def refused(address: Address, status: int, what: str) -> PublishError:
    """The index answered ``what`` with a status that is no success."""
    remedy = _REMEDIES.get(status, _AGAIN)
    return PublishError(f"{address.kind}: {address.url} answered {status} to {what}; {remedy}.")


def unreachable(address: Address, why: str) -> PublishError:
    """The index cannot be asked."""
    return PublishError(
        f"{address.kind}: {address.url} cannot be reached ({why}); look at the URL, and whether "
        "this machine's network leads there. Then run this again."
    )


def from_output(address: Address, program: str, output: str) -> PublishError:
    """What a program that published said, as one of these; ``output`` has no secrets any more."""
    if status := _STATUS.search(output):
        return refused(address, int(next(filter(None, status.groups()))), program)
    if _UNREACHABLE.search(output):
        return unreachable(address, program)
    if _NO_LOGIN.search(output):
        return refused(address, 401, program)
    return PublishError(
        f"{address.kind}: {program} failed for {address.url}: {_said(output)}; {_AGAIN}."
    )


def _said(output: str) -> str:
    """The lines about an error, or the last ones."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    about = [line for line in lines if "error" in line.lower()]
    return " / ".join((about or lines[-_LINES:])[:_LINES]) or "it said nothing"
