"""The rules that the integrations of a contract keep."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from gatewright.contract.problems import Problem
from gatewright.integrations.check_sources import source_flaws
from gatewright.integrations.flaw import Flaw
from gatewright.integrations.integration import Integration
from gatewright.integrations.statuses import FAILED
from gatewright.integrations.targets import (
    DocumentTarget,
    LambdaTarget,
    MockTarget,
)
from gatewright.nearest import did_you_mean

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation


def integration_problems(contract: "Contract") -> Iterator[Problem]:
    """Every problem of the integrations, operation by operation."""
    operations = {str(o.operation_id): o for o in contract.operations()}
    integrated = {integration.operation for integration in contract.integrations}
    for integration in contract.integrations:
        operation = operations.get(integration.operation)
        if operation is None:
            remedy = did_you_mean(integration.operation, operations)
            yield Problem(
                f"integration of {integration.operation}",
                "there is no such operation",
                remedy or f"name one of {', '.join(operations)}",
                source=integration.place,
            )
            continue
        for flaw in _flaws(integration, operation, contract):
            yield _problem(operation, integration, flaw)
    if not contract.has_function:
        for name, operation in operations.items():
            if name not in integrated:
                yield Problem(
                    operation.name,
                    "nothing answers it: the version has no handler",
                    f"add {name} to the version's integrations, or a handler to the version",
                    operation.pointer(),
                    operation.source,
                )


def _problem(operation: "Operation", integration: Integration, flaw: Flaw) -> Problem:
    name = f"{operation.name}, integration of {integration.operation}"
    return Problem(
        name, flaw.reason, flaw.remedy, source=flaw.place or integration.place or operation.source
    )


def _flaws(
    integration: Integration, operation: "Operation", contract: "Contract"
) -> Iterator[Flaw]:
    sources = list(source_flaws(integration, operation, contract))
    yield from sources
    if not sources:
        yield from integration.target.flaws(operation, contract, integration.answer)
    yield from _of_kind(integration)
    yield from _of_responses(integration, operation)
    brought = isinstance(integration.target, DocumentTarget)
    if integration.request_templates or any(r.template for r in integration.responses) or brought:
        # Not above: the parser is loaded for those who write templates.
        from gatewright.integrations.vtl import template_flaws

        yield from template_flaws(integration, operation, contract)


def _of_kind(integration: Integration) -> Iterator[Flaw]:
    target = integration.target
    if isinstance(target, DocumentTarget):
        return
    if integration.answer and not hasattr(target, "answer"):
        yield Flaw("answer is for AWS services alone", "write a template below 'responses'")
    if isinstance(target, MockTarget) and integration.request_templates:
        yield Flaw(
            "a mock makes no request, so that nothing reads its template",
            "write what it answers: body below mock, or a template below 'responses'",
        )
    is_proxy = isinstance(target, LambdaTarget) and not integration.is_templated and target.waits
    if is_proxy and integration.parameters:
        reason = "parameters are mapped for a Lambda proxy, which is sent the whole request"
        yield Flaw(reason, "remove 'parameters', or write a request_template")
    if isinstance(target, LambdaTarget) and not is_proxy and not target.handler:
        yield Flaw(
            "the version's own function takes whole requests, and no others",
            "write 'handler' below lambda: a function that takes what the template makes",
        )


def _of_responses(integration: Integration, operation: "Operation") -> Iterator[Flaw]:
    declared = operation.definition["responses"]
    patterns: dict[str, int] = {}
    for mapping in integration.responses:
        if str(mapping.status) not in declared and mapping.status != FAILED:
            reason = f"it answers {mapping.status}, which the contract does not declare"
            yield Flaw(reason, f"declare {mapping.status} among the operation's responses")
        is_function = isinstance(integration.target, LambdaTarget)
        if is_function and mapping.when is None and mapping.status >= HTTPStatus.BAD_REQUEST:
            reason = f"responses.{mapping.status} says nothing of the error it stands for"
            yield Flaw(reason, "add 'when': a regular expression of the error message")
        if mapping.when is None:
            continue
        try:
            re.compile(mapping.when)
        except re.error as error:
            reason = f"responses.{mapping.status}.when is no regular expression: {error}"
            yield Flaw(reason, "mend the expression; it is matched with the whole text")
        if mapping.when in patterns:
            other = patterns[mapping.when]
            reason = f"responses.{mapping.status} and responses.{other} have the same 'when'"
            yield Flaw(reason, "write expressions of which one matches at a time")
        patterns[mapping.when] = mapping.status


def unvalidated(contract: "Contract") -> "Contract | None":
    """The part of a contract whose backends check nothing; None where there is none.

    A function checks what its contract says (``backend_validates``). An AWS service, a mock and a
    template do not; an HTTP endpoint does where the integration says so.
    """
    ids = {
        integration.operation
        for integration in contract.integrations
        if not (integration.validates or _is_plain_function(integration))
    }
    document = contract.document
    paths: dict[str, dict[str, object]] = {}
    for operation in contract.operations():
        if operation.operation_id in ids:
            methods = paths.setdefault(operation.path, {})
            methods[operation.method.lower()] = operation.definition
    if not paths:
        return None
    document["paths"] = paths
    return replace(
        contract,
        text=json.dumps(document),
        backend_validates=False,
        integrations=(),
    )


def _is_plain_function(integration: Integration) -> bool:
    return isinstance(integration.target, LambdaTarget)
