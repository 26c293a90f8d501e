"""Contracts that are files: OpenAPI 3.0, OpenAPI 3.1 and Swagger 2.0."""

from gatewright.contract.spec_first.findings import Note
from gatewright.contract.spec_first.read import (
    ReadDescription,
    read_contract_file,
    read_description,
)

__all__ = ["Note", "ReadDescription", "read_contract_file", "read_description"]
