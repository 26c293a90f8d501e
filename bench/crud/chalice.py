"""The CRUD API as a Chalice app, with the configuration that `chalice new-project` writes."""

import json
from pathlib import Path

from bench.crud.models import models
from bench.crud.operations import CrudRoute, crud_routes

_CONFIG = {"version": "2.0", "app_name": "shop", "stages": {"dev": {"api_gateway_stage": "api"}}}
_HEAD = '"""The routes of a shop."""\n\nfrom chalice import Chalice\n'
_MODEL_IMPORTS = (
    "from typing import Annotated\n\nfrom pydantic import BaseModel, ConfigDict, Field\n"
)
_HELLO = '\n\n@app.route("/")\ndef hello():\n    return {"hello": "world"}\n'
_ROUTE = """

@app.route("{path}", methods=["{method}"])
def {function}({parameters}):
    {body}
"""


def write_chalice(folder: Path, count: int, *, validated: bool = False) -> Path:
    """Write the app into ``folder``.

    Chalice has no validation. ``validated`` adds the models that our handlers have to the code;
    without, bodies are taken as they come.
    """
    (folder / ".chalice").mkdir(parents=True)
    (folder / ".chalice" / "config.json").write_text(json.dumps(_CONFIG))
    (folder / "requirements.txt").write_text("")
    routes = crud_routes(count)
    head = _HEAD + (_MODEL_IMPORTS + models(routes) if validated else "")
    code = head + '\napp = Chalice(app_name="shop")\n' + _HELLO
    code += "".join(_route(route, validated) for route in routes)
    (folder / "app.py").write_text(code)
    return folder


def _route(route: CrudRoute, validated: bool) -> str:
    return _ROUTE.format(
        path=route.path,
        method=route.method,
        function=route.function,
        parameters="item_id" if route.on_item else "",
        body=_body(route, validated),
    )


def _body(route: CrudRoute, validated: bool) -> str:
    item_id = "item_id" if route.on_item else '"1"'
    if route.kind == "list":
        return "return []"
    if not route.has_body:
        return f'return {{"id": {item_id}, "name": "chair", "quantity": 3}}'
    if validated:
        return (
            f"item = Item{route.collection}.model_validate(app.current_request.json_body)\n"
            f'    return {{"id": {item_id}, "name": item.name, "quantity": item.quantity}}'
        )
    return (
        "item = app.current_request.json_body\n"
        f'    return {{"id": {item_id}, "name": item["name"], "quantity": item["quantity"]}}'
    )
