"""Requests derived from a contract, by the derivation of the pipeline's own checks."""

import uuid
from collections.abc import Callable, Collection, Mapping

from gatewright.checks.contract.calls import Call, document_calls
from gatewright.contract import Contract, public_document

__all__ = ["Call", "calls", "calls_asking"]


def calls(contracts: Mapping[str, Contract]) -> list[Call]:
    """Every operation of every API. A new operation is covered without a new test."""
    return [
        call
        for api, contract in contracts.items()
        for call in document_calls(api, public_document(contract), uuid.uuid4().hex[:8])
    ]


def calls_asking(
    contracts: Mapping[str, Contract], schemes: Callable[[Contract], Collection[str]]
) -> list[Call]:
    """Every operation that asks for one of its API's ``schemes``; the others need no examples."""
    found = []
    for api, contract in contracts.items():
        document = public_document(contract)
        document["paths"] = {
            path: {
                method: operation
                for method, operation in item.items()
                if any(set(schemes(contract)) & asked.keys() for asked in operation["security"])
            }
            for path, item in document["paths"].items()
        }
        found += document_calls(api, document, uuid.uuid4().hex[:8])
    return found
