"""Pairs of documents, and what the one is to the other, there and back."""

from typing import Any, NamedTuple

from tests.unit.compare.documents import (
    OK,
    JsonObject,
    answering,
    api,
    content,
    operation,
    query,
    sending,
    taking,
)


class Row(NamedTuple):
    """The kinds of change from ``one`` to ``other``, and from ``other`` to ``one``, and a word of
    the reason of each."""

    one: JsonObject
    other: JsonObject
    there: str
    there_why: str
    back: str
    back_why: str


STRING = {"type": "string"}
ALIKE = {name: {"type": "object", "properties": {"a": STRING}} for name in ("Food", "Dish")}
_LIST = {"type": "array", "items": STRING}
_OR_NULL = {"nullable": True, "description": "or nothing"}
SERVER = {"url": "https://a.example/v1"}


def _paths(**paths: Any) -> JsonObject:
    return {**api(), "paths": {f"/{name}": item for name, item in paths.items()}}


def _answers(**responses: Any) -> JsonObject:
    return api(operation(responses={name.lstrip("s"): item for name, item in responses.items()}))


def _with_header(**header: Any) -> JsonObject:
    headers = {"X-Left": {"schema": STRING, **header}}
    return api(operation(responses={"200": {"description": "OK", "headers": headers}}))


_HEADERLESS = api()
_NAMED = api(path="/foods/{id}", item=operation(parameters=[query("id", **{"in": "path"})]))
_RENAMED = api(path="/foods/{name}", item=operation(parameters=[query("name", **{"in": "path"})]))
_DELETE = {"operationId": "delete_foods", "responses": {"204": {"description": "Gone"}}}
_FORM = "multipart/form-data"
_FORMS = [
    {**content({"type": "object"}, _FORM)["content"][_FORM], **more}
    for more in ({}, {"encoding": {"a": {"contentType": "image/png"}}})
]

ROWS: dict[str, Row] = {
    "an operation": Row(
        _paths(foods={"put": operation(), "delete": _DELETE}), _paths(foods={"put": operation()}),
        "operation-removed", "every call to it fails", "operation-added", "nobody calls it",
    ),
    "a path": Row(
        _paths(foods={"put": operation()}), _paths(dishes={"put": operation()}),
        "operation-moved", "old place", "operation-moved", "old place",
    ),
    "a method": Row(
        _paths(foods={"put": operation()}), _paths(foods={"post": operation()}),
        "operation-moved", "old place", "operation-moved", "old place",
    ),
    "a name in the path": Row(
        _NAMED, _RENAMED,
        "path-parameter-renamed", "the same", "path-parameter-renamed", "the same",
    ),
    "an operationId": Row(
        api(), api(operation(operationId="set_food")),
        "operation-id-changed", "SDKs", "operation-id-changed", "SDKs",
    ),
    "no operationId": Row(
        api(), api({"responses": OK}),
        "operation-id-changed", "SDKs", "operation-id-added", "no code",
    ),
    "deprecation": Row(
        api(), api(operation(deprecated=True)),
        "operation-deprecated", "still answers", "operation-no-longer-deprecated", "answers",
    ),
    "an optional parameter": Row(
        taking(), taking(query()),
        "parameter-added-optional", "left out", "parameter-removed", "no effect",
    ),
    "a required parameter": Row(
        taking(), taking(query(required=True)),
        "parameter-added-required", "refused", "parameter-removed", "no effect",
    ),
    "a header": Row(
        taking(), taking(query("X-Key", **{"in": "header"})),
        "parameter-added-optional", "left out", "parameter-removed", "no effect",
    ),
    "a cookie": Row(
        taking(), taking(query("session", **{"in": "cookie"}, required=True)),
        "parameter-added-required", "refused", "parameter-removed", "no effect",
    ),
    "a parameter that has to be sent": Row(
        taking(query()), taking(query(required=True)),
        "parameter-became-required", "refused", "parameter-became-optional", "may still",
    ),
    "how a parameter is written": Row(
        taking(query(style="form")), taking(query(style="pipeDelimited")),
        "parameter-serialization-changed", "something else",
        "parameter-serialization-changed", "something else",
    ),
    "explode": Row(
        taking(query(schema=_LIST, explode=True)), taking(query(schema=_LIST, explode=False)),
        "parameter-serialization-changed", "something else",
        "parameter-serialization-changed", "something else",
    ),
    "a parameter is deprecated": Row(
        taking(query()), taking(query(deprecated=True)),
        "parameter-deprecated", "still", "", "",
    ),
    "a parameter's default": Row(
        taking(query(schema={**STRING, "default": "a"})),
        taking(query(schema={**STRING, "default": "b"})),
        "request-default-changed", "something else", "request-default-changed", "something else",
    ),
    "a parameter of the path item": Row(
        {**api(), "paths": {"/foods": {"put": operation(), "parameters": [query()]}}}, api(),
        "parameter-removed", "no effect", "parameter-added-optional", "left out",
    ),
    "a required body": Row(
        api(), sending(STRING),
        "request-body-added-required", "refused", "request-body-removed", "no effect",
    ),
    "an optional body": Row(
        api(), sending(STRING, required=False),
        "request-body-added-optional", "left out", "request-body-removed", "no effect",
    ),
    "a body that has to be sent": Row(
        sending(STRING, required=False), sending(STRING),
        "request-body-became-required", "refused", "request-body-became-optional", "may still",
    ),
    "a media type of bodies": Row(
        sending(STRING),
        api(operation(requestBody={"required": True, "content": {
            "application/json": {"schema": STRING}, "text/csv": {"schema": STRING}}})),
        "request-media-type-added", "the others", "request-media-type-removed", "refused",
    ),
    "the encoding of a form": Row(
        api(operation(requestBody={"content": {_FORM: _FORMS[0]}})),
        api(operation(requestBody={"content": {_FORM: _FORMS[1]}})),
        "request-encoding-changed", "something else",
        "request-encoding-changed", "something else",
    ),
    "the encoding of an answer": Row(
        _answers(s200={"description": "OK", "content": {_FORM: _FORMS[0]}}),
        _answers(s200={"description": "OK", "content": {_FORM: _FORMS[1]}}),
        "response-encoding-changed", "something else",
        "response-encoding-changed", "something else",
    ),
    "a status of success": Row(
        api(), _answers(s200=OK["200"], s202=OK["200"]),
        "response-success-status-added", "do not know",
        "response-success-status-removed", "wait for it",
    ),
    "a redirection": Row(
        api(), _answers(s200=OK["200"], s303=OK["200"]),
        "response-success-status-added", "do not know",
        "response-success-status-removed", "wait for it",
    ),
    "an interim status": Row(
        api(), _answers(s200=OK["200"], s103=OK["200"]),
        "response-interim-status-added", "pass over",
        "response-interim-status-removed", "last one",
    ),
    "the words of a callback": Row(
        api(operation(callbacks={"done": {"{$url}": {"post": {"responses": OK}}}})),
        api(operation(callbacks={"done": {"{$url}": {
            "post": {"responses": OK, "description": "It is done."}}}})),
        "documentation-changed", "do not read", "documentation-changed", "do not read",
    ),
    "the words of a path": Row(
        api(), {**api(), "paths": {"/foods": {"put": operation(), "summary": "Foods"}}},
        "documentation-changed", "do not read", "documentation-changed", "do not read",
    ),
    "the words of a server": Row(
        api(servers=[SERVER]), api(servers=[{**SERVER, "description": "Here."}]),
        "documentation-changed", "do not read", "documentation-changed", "do not read",
    ),
    "the words of a variable": Row(
        api(servers=[{**SERVER, "variables": {"a": {"default": "b"}}}]),
        api(servers=[{**SERVER, "variables": {"a": {"default": "b", "description": "B."}}}]),
        "documentation-changed", "do not read", "documentation-changed", "do not read",
    ),
    "how a scalar is written": Row(
        taking(query()), taking(query(explode=False)), "", "", "", "",
    ),
    "a status of errors": Row(
        api(), _answers(s200=OK["200"], s409=OK["200"]),
        "response-error-status-added", "RFC 9110", "response-error-status-removed", "no longer",
    ),
    "default": Row(
        api(), _answers(s200=OK["200"], default=OK["200"]),
        "response-error-status-added", "RFC 9110", "response-error-status-removed", "no longer",
    ),
    "an answer's body": Row(
        api(), answering(STRING),
        "response-body-added", "ignore", "response-body-removed", "find nothing",
    ),
    "a media type of answers": Row(
        answering(STRING),
        _answers(s200={"description": "OK", "content": {
            "application/json": {"schema": STRING}, "text/csv": {"schema": STRING}}}),
        "response-media-type-added", "ask for it", "response-media-type-removed", "cannot",
    ),
    "a header of answers": Row(
        _HEADERLESS, _with_header(),
        "response-header-added", "ignore", "response-header-removed", "find nothing",
    ),
    "a header that always comes": Row(
        _with_header(), _with_header(required=True),
        "response-header-became-required", "may read", "response-header-became-optional", "rely",
    ),
    "how a header is written": Row(
        _with_header(schema=_LIST), _with_header(schema=_LIST, explode=True),
        "response-header-serialization-changed", "something else",
        "response-header-serialization-changed", "something else",
    ),
    "a header's type": Row(
        _with_header(schema={"type": "integer"}), _with_header(schema={"type": "number"}),
        "response-type-widened", "do not expect", "response-type-narrowed", "expected before",
    ),
    "a server": Row(
        api(servers=[SERVER]), api(servers=[SERVER, {"url": "https://b.example"}]),
        "server-added", "still answer", "server-removed", "fail",
    ),
    "the server of an operation": Row(
        api(operation(servers=[SERVER])),
        api(operation(servers=[SERVER, {"url": "https://b.example"}])),
        "server-added", "still answer", "server-removed", "fail",
    ),
    "a callback": Row(
        api(), api(operation(callbacks={"done": {"{$url}": {"post": {"responses": OK}}}})),
        "callback-added", "ask for it", "callback-changed", "may not understand",
    ),
    "a webhook": Row(
        api(version="3.1.0"), api(version="3.1.0", webhooks={"done": {"post": {}}}),
        "callback-added", "ask for it", "callback-changed", "may not understand",
    ),
    "what a webhook sends": Row(
        api(version="3.1.0", webhooks={"done": {"post": {"requestBody": content(STRING)}}}),
        api(version="3.1.0", webhooks={"done": {"post": {"requestBody": content(True)}}}),
        "callback-changed", "may not understand", "callback-changed", "may not understand",
    ),
    "a schema's name": Row(
        answering({"$ref": "#/components/schemas/Food"}, schemas={"Food": STRING}),
        answering({"$ref": "#/components/schemas/Dish"}, schemas={"Dish": STRING}),
        "model-renamed", "types of SDKs", "model-renamed", "types of SDKs",
    ),
    "another schema of the same shape": Row(
        answering({"$ref": "#/components/schemas/Food"}, schemas=ALIKE),
        answering({"$ref": "#/components/schemas/Dish"}, schemas=ALIKE),
        "model-changed", "types of SDKs", "model-changed", "types of SDKs",
    ),
    "swapped names beside null": Row(
        answering({**_OR_NULL, "allOf": [{"$ref": "#/components/schemas/Food"}]}, schemas=ALIKE),
        answering({**_OR_NULL, "allOf": [{"$ref": "#/components/schemas/Dish"}]}, schemas=ALIKE),
        "model-changed", "types of SDKs", "model-changed", "types of SDKs",
    ),
    "a name for a schema": Row(
        answering(ALIKE["Food"]), answering({"$ref": "#/components/schemas/Food"}, schemas=ALIKE),
        "model-changed", "types of SDKs", "model-changed", "types of SDKs",
    ),
    "a name that it had as its title": Row(
        answering({**ALIKE["Food"], "title": "Food"}, schemas=ALIKE),
        answering(
            {"$ref": "#/components/schemas/Food"},
            schemas={"Food": {**ALIKE["Food"], "title": "Food"}},
        ),
        "", "", "", "",
    ),
    "a name for a scalar": Row(
        answering(STRING), answering({"$ref": "#/components/schemas/A"}, schemas={"A": STRING}),
        "", "", "", "",
    ),
    "a summary": Row(
        api(), api(operation(summary="Put")),
        "documentation-changed", "do not read", "documentation-changed", "do not read",
    ),
    "tags": Row(
        api(), api(operation(tags=["foods"])),
        "documentation-changed", "do not read", "documentation-changed", "do not read",
    ),
    "an extension": Row(
        api(), api(operation(**{"x-internal": True})),
        "documentation-changed", "do not read", "documentation-changed", "do not read",
    ),
    "a description in a schema": Row(
        answering(STRING), answering({**STRING, "description": "A name."}),
        "documentation-changed", "do not read", "documentation-changed", "do not read",
    ),
    "the title of the API": Row(
        api(), {**api(), "info": {"title": "Dishes", "version": "1.0.0"}},
        "documentation-changed", "do not read", "documentation-changed", "do not read",
    ),
}  # fmt: skip
"""By what differs."""
