"""An error status that the gateway answers and the operation describes: it has both shapes."""

from copy import deepcopy

from gatewright.contract.document import SCHEMAS, JsonObject
from gatewright.contract.operation_rules import MEDIA_TYPE


class ErrorAnswers:
    """Describes errors that come from two sides.

    ``schemas`` are the components of the document, which get the alternatives that are needed;
    ``error`` is the name of the gateway's own.
    """

    def __init__(self, schemas: JsonObject, error: str) -> None:
        self._schemas = schemas
        self._error = error

    def beside(self, declared: JsonObject, status: str, gateway: JsonObject) -> JsonObject:
        """The answer for ``status``, of which ``gateway`` is the gateway's.

        ``declared`` are the operation's own. A status that it has not is what its ``4XX`` or
        ``default`` says, for the one that is written out hides those (OpenAPI 3.0.3, Responses
        Object).
        """
        general = declared.get(f"{status[0]}XX", declared.get("default"))
        if status in declared:
            out: JsonObject = deepcopy(declared[status])
        elif general is not None:
            out = {**deepcopy(general), "description": gateway["description"]}
        else:
            return gateway
        if "headers" in gateway:
            out["headers"] = {**gateway["headers"], **out.get("headers", {})}
        content = out.setdefault("content", {})
        media = content.setdefault(MEDIA_TYPE, deepcopy(gateway["content"][MEDIA_TYPE]))
        if "schema" in media:
            media["schema"] = self._either(media["schema"])
        return out

    def _either(self, own: JsonObject) -> JsonObject:
        error = {"$ref": SCHEMAS + self._error}
        if own == error:
            return own
        either: JsonObject = {"anyOf": [own, error]}
        if set(own) != {"$ref"}:
            return either
        # Named once: SDKs make a class of each schema that has no name.
        name = f"{own['$ref'].removeprefix(SCHEMAS)}Or{self._error}"
        if self._schemas.setdefault(name, either) != either:
            return either
        return {"$ref": SCHEMAS + name}
