"""Which operations a load check calls."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gatewright.checks.artifact import Document
from gatewright.checks.contract.calls import Call, document_calls
from gatewright.checks.credentials import Credentials, NoCredentialsError
from gatewright.checks.environment import Environment
from gatewright.checks.errors import CheckError
from gatewright.checks.parameters import ParameterError

_SAFE = ("GET", "HEAD")
# Nothing is created, so no name need be made unique.
_MARK = "load"


@dataclass(frozen=True, kw_only=True)
class Target:
    """One request that is sent over and over, and its statuses of success."""

    method: str
    url: str
    headers: Mapping[str, str]
    successes: tuple[int, ...]


def targets(
    documents: Mapping[str, Document],
    names: Sequence[str],
    environment: Environment,
    credentials: Credentials,
) -> list[Target]:
    """The operations ``names``, like ``foods-v2.list_foods``, which must only read.

    Without names: all that only read, for which there are credentials, and whose paths name
    nothing that has to be created before. Raises ParameterError and CheckError.
    """
    safe = {
        f"{call.api}.{call.operation_id}": call
        for api, document in documents.items()
        for call in document_calls(api, document, _MARK)
        if call.method in _SAFE
    }
    for name in names:
        if name not in safe:
            raise ParameterError(
                f'UserParameters: "operations" has {name}; what only reads is {", ".join(safe)}.'
            )
    if names:
        return [_target(safe[name], environment, credentials) for name in names]
    found = list(_by_default(safe, environment, credentials))
    if not found:
        raise CheckError("There is no operation that only reads and can be called by default.")
    return found


def _by_default(
    safe: Mapping[str, Call], environment: Environment, credentials: Credentials
) -> Iterator[Target]:
    for call in safe.values():
        if not call.unique:
            try:
                yield _target(call, environment, credentials)
            except NoCredentialsError:
                continue


def _target(call: Call, environment: Environment, credentials: Credentials) -> Target:
    return Target(
        method=call.method,
        url=environment.apis[call.api].url + call.path,
        headers={**call.sent_headers(), **credentials.headers(call.security)},
        successes=call.successes,
    )
