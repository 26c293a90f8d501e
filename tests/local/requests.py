"""Requests derived from a contract, by the derivation of the pipeline's own checks."""

import uuid
from collections.abc import Mapping

from gatewright.checks.contract.calls import Call, document_calls
from gatewright.contract import Contract, public_document

__all__ = ["Call", "calls"]


def calls(contracts: Mapping[str, Contract]) -> list[Call]:
    """Every operation of every API. A new operation is covered without a new test."""
    return [
        call
        for api, contract in contracts.items()
        for call in document_calls(api, public_document(contract), uuid.uuid4().hex[:8])
    ]
