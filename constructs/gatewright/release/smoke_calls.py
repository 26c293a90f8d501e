"""Which calls a release must answer before a caller's request reaches it, from its contract."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from gatewright.checks.contract.calls import Call, NoExampleError, operation_calls
from gatewright.contract import Contract, ContractError, Operation, public_document
from gatewright.contract.answer_schema import answer_schema
from gatewright.contract.problems import Problem
from gatewright.contract.security import API_KEY
from gatewright.release.canary_settings import SmokeCheck

MOST_CALLS = 10
"""API Gateway's management calls are few a second for the whole account."""
_MOST_CHARACTERS = 100_000
_JSON = "application/json"
_READS = ("GET", "HEAD")


def smoke_calls(contract: Contract, check: SmokeCheck, streamed: Collection[str] = ()) -> str:
    """The calls as the property of the resource that ``gatewright.canary.smoke`` reads.

    What asks for more than an API key is left out, since API Gateway's test asks no authorizer and
    the function would miss the caller; so are ``streamed`` operations, by id. Raises ContractError
    when an operation that is named cannot be called, and when no operation can.
    """
    chosen = _Chosen(contract, check, streamed)
    calls = list(chosen.calls())
    if chosen.problems:
        raise ContractError(contract.api_name, chosen.problems)
    if not calls:
        raise ContractError(contract.api_name, [_nothing_to_call(contract)])
    text = json.dumps(calls[:MOST_CALLS], separators=(",", ":"), sort_keys=True)
    if len(text) > _MOST_CHARACTERS:
        raise ContractError(contract.api_name, [_too_large(contract, len(text))])
    return text


class _Chosen:
    def __init__(self, contract: Contract, check: SmokeCheck, streamed: Collection[str]) -> None:
        self._contract = contract
        self._named = check.operations
        self._streamed = streamed
        self._calls = operation_calls(contract.api_name, public_document(contract), "smoke")
        self.problems: list[Problem] = []

    def calls(self) -> Iterator[dict[str, Any]]:
        """One for each operation that can be called, by path; problems are of those named."""
        for operation in self._contract.operations():
            named = operation.operation_id in self._named
            if not named and (self._named or operation.method not in _READS):
                continue
            call = self._calls[str(operation.operation_id)]
            reason = self._reason_against(operation, call)
            if reason is None and isinstance(call, Call):
                yield self._as_property(operation, call)
            elif named and reason:
                self.problems.append(_not_callable(operation, *reason))

    def _reason_against(
        self, operation: Operation, call: Call | NoExampleError
    ) -> tuple[str, str] | None:
        others = sorted(operation.schemes.keys() - {API_KEY})
        if others or (operation.schemes and self._contract.api_key_source == "AUTHORIZER"):
            name = " and ".join(others) or "the key authorizer"
            return f"it asks for {name}, and API Gateway's test asks no authorizer", "remove it"
        if operation.operation_id in self._streamed:
            return "its answer is streamed, and API Gateway's test does not", "remove it"
        if isinstance(call, NoExampleError):
            return str(call), "give the example, or remove it from release_smoke"
        if call.unique and operation.operation_id not in self._named:
            return "its example is what another operation creates", "name it in release_smoke"
        return None

    def _as_property(self, operation: Operation, call: Call) -> dict[str, Any]:
        headers = dict(call.headers)
        if call.body is not None:
            headers["Content-Type"] = _JSON
        return {
            "method": operation.method,
            "resource": operation.path,
            "path": f"/{call.path}",
            "headers": headers,
            "body": None if call.body is None else json.dumps(call.body),
            "answers": {str(s): self._content(operation, str(s)) for s in call.successes},
        }

    def _content(self, operation: Operation, status: str) -> dict[str, Any]:
        """The media types of an answer, each with its schema; empty for what is no JSON."""
        content = operation.definition["responses"].get(status, {}).get("content", {})
        if operation.method == "HEAD":
            return {}
        return {
            name.partition(";")[0].strip().lower(): self._schema(name, media_type)
            for name, media_type in content.items()
        }

    def _schema(self, name: str, media_type: dict[str, Any]) -> dict[str, Any]:
        is_json = name.partition(";")[0].strip().lower() == _JSON
        schema = media_type.get("schema")
        return answer_schema(schema, self._contract.schemas) if is_json and schema else {}


def _not_callable(operation: Operation, reason: str, remedy: str) -> Problem:
    where = f"its smoke check cannot call it: {reason}"
    return Problem(operation.name, where, remedy, operation.pointer(), operation.source)


def _nothing_to_call(contract: Contract) -> Problem:
    return Problem(
        contract.api_name,
        "its smoke check has nothing to call: no GET or HEAD that asks for no more than an API "
        "key has an example for each of its required parameters",
        "give examples in the contract, name operations in release_smoke of the version, or turn "
        "smoke off",
    )


def _too_large(contract: Contract, characters: int) -> Problem:
    return Problem(
        contract.api_name,
        f"the calls of its smoke check and what they must answer are {characters} characters, "
        f"more than {_MOST_CHARACTERS}",
        "name fewer operations in release_smoke of the version",
    )
