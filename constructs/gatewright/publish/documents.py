"""The contracts of the release that is published."""

import json
from pathlib import Path

from gatewright.contract.document import JsonObject
from gatewright.publish.errors import PublishError

_REMEDY = "Write the documents anew: make documents"


def read_documents(folder: Path) -> dict[str, JsonObject]:
    """The public documents by their API's name. Raises PublishError, also where there is none.

    Nothing to publish is never meant: it would take every contract back.
    """
    found = {file.stem: _document(file) for file in sorted(folder.glob("*.json"))}
    if not found:
        raise PublishError(f"{folder}: there is no document, <api>.json. {_REMEDY}")
    return found


def written(document: JsonObject) -> bytes:
    """The document as it is published."""
    return (json.dumps(document, indent=2) + "\n").encode()


def stamped(document: JsonObject, version: str) -> JsonObject:
    """A copy with its `info.version`."""
    return {**document, "info": {**document["info"], "version": version}}


def _document(file: Path) -> JsonObject:
    try:
        content: JsonObject = json.loads(file.read_text("utf-8"))
        content["paths"], content["info"]["version"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise PublishError(f"{file}: it is no public document: {error!r}. {_REMEDY}") from None
    return content
