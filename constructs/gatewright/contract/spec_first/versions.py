"""Which specification a document says it keeps."""

from typing import Literal

from gatewright.contract.spec_first.node import Node, SpecError

SpecVersion = Literal["2.0", "3.0", "3.1"]

_KNOWN = "OpenAPI 3.0, OpenAPI 3.1 and Swagger 2.0"


def version_of(root: Node) -> SpecVersion:
    """The version of the document. Raises SpecError for another one, or none."""
    root.expect(dict)
    # Without quotes, YAML has numbers: swagger: 2.0
    swagger, openapi = str(root.get("swagger")), str(root.get("openapi"))
    if swagger in ("2.0", "2"):
        return "2.0"
    if openapi.startswith("3.0") or openapi == "3":
        return "3.0"
    if openapi.startswith("3.1"):
        return "3.1"
    if root.get("openapi") is not None:
        node, found = root.child("openapi"), f"OpenAPI {openapi}"
    elif root.get("swagger") is not None:
        node, found = root.child("swagger"), f"Swagger {swagger}"
    else:
        remedy = "begin the file with openapi: 3.0.3"
        raise SpecError(root, f"it is no API description: known are {_KNOWN}", remedy)
    raise SpecError(node, f"it is {found}; known are {_KNOWN}", "convert it to one of them")
