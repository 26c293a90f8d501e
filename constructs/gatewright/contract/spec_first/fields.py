"""The fields that OpenAPI knows, so that none is passed over unseen.

OpenAPI 3.0.3, 3.1 and Swagger 2.0: Path Item, Operation, Parameter and Request Body Object.
"""

from collections.abc import Collection

from gatewright.contract.document import METHODS
from gatewright.contract.spec_first.findings import Findings
from gatewright.contract.spec_first.node import Node
from gatewright.contract.spec_first.versions import SpecVersion
from gatewright.nearest import did_you_mean

PATH_ITEM = {*METHODS, "$ref", "summary", "description", "servers", "parameters"}
REQUEST_BODY = {"description", "content", "required"}
_OPERATION = {"tags", "summary", "description", "externalDocs", "operationId", "parameters",
              "responses", "deprecated", "security"}  # fmt: skip
_OPERATION_3 = _OPERATION | {"requestBody", "callbacks", "servers"}
_OPERATION_2 = _OPERATION | {"consumes", "produces", "schemes"}
_PARAMETER_3 = {"name", "in", "description", "required", "deprecated", "allowEmptyValue", "style",
                "explode", "allowReserved", "schema", "example", "examples", "content"}  # fmt: skip
# What another version has: there it decides which requests are accepted.
_ELSEWHERE = {"requestBody", "consumes", "schema", "content", "type", "enum", "format", "minimum",
              "maximum", "pattern", "minLength", "maxLength", "items"}  # fmt: skip


def operation_fields(version: SpecVersion) -> set[str]:
    """The fields of an Operation Object."""
    return _OPERATION_2 if version == "2.0" else _OPERATION_3


def check_parameter_fields(node: Node, version: SpecVersion, findings: Findings) -> None:
    """The same for a parameter. Swagger 2.0 has the keywords of a schema in it, checked there."""
    if version != "2.0":
        check_fields(node, _PARAMETER_3, findings)


def check_fields(node: Node, known: Collection[str], findings: Findings) -> None:
    """Refuse each field of an object that is misspelt or another version's; tell of others."""
    for name in node.expect(dict):
        if name in known or name.startswith("x-"):
            continue
        child = node.child(name)
        guess = did_you_mean(name, known)
        if guess or name in _ELSEWHERE:
            reason = f"the field {name}, which this version of OpenAPI does not have here"
            findings.refuse(child, reason, guess or f"write one of {', '.join(sorted(known))}")
        else:
            findings.note("documents", child, f"the field {name} is left out: OpenAPI has it not")
