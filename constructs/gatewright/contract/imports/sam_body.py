"""The document that an API of a template was given, wherever it is."""

from pathlib import Path
from typing import Any

from gatewright.contract.document import JsonObject
from gatewright.contract.imports.imported import ImportingError
from gatewright.contract.imports.template_text import read_template


def body_of(properties: JsonObject, file: Path) -> Any:
    """The document, or None where the events of functions are all that there is.

    ``file`` is the template's. Raises ImportingError for one that is not on this machine.
    """
    body = properties.get("DefinitionBody", properties.get("Body"))
    uri = properties.get("DefinitionUri", properties.get("BodyS3Location"))
    if isinstance(body, dict) and "Fn::Transform" in body:
        transform = body["Fn::Transform"]
        uri = (transform.get("Parameters") or {}).get("Location")
        if transform.get("Name") != "AWS::Include":
            raise ImportingError(
                f"A macro writes its document: {transform.get('Name')}. Export it."
            )
    elif body is not None:
        return body
    return _included(uri, file) if uri is not None else None


def _included(location: Any, file: Path) -> Any:
    if not isinstance(location, str) or "://" in location:
        raise ImportingError(
            f"Its document is somewhere else ({location}). Export the API that is deployed: aws "
            "apigateway get-export --parameters extensions=apigateway --export-type oas30"
        )
    return read_template(file.parent / location)
