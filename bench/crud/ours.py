"""The CRUD API as a platform of ours: one environment, one API."""

import shutil
from pathlib import Path

from bench.crud.models import models
from bench.crud.operations import CrudRoute, crud_routes
from local.cdk_cli import ROOT
from stacks.contracts import BUNDLES

_PLATFORM = """\
project: bench
environments:
  prod:
    account: "111111111111"
    region: us-east-1
    quotas: {resources_per_api: 2000}
services:
  shop:
    versions:
      v1: {routes: shop.v1.handler:app}
"""
_HEAD = '''"""The routes of a shop."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from gatewright.runtime import RestApp

app = RestApp()

Limit = Annotated[int, Query(ge=1, le=100, description="Items at most", examples=[20])]
ItemId = Annotated[str, Path(description="The item's id", examples=["1"])]
'''
_ROUTE = """

@app.{decorator}("{path}", summary="{kind} {n}", security={security})
def {function}({parameters}) -> {returns}:
    return {value}
"""
_SECURITY = {"GET": '[{"api_key": []}]'}
_WRITERS = '[{"cognito": []}]'


def write_platform(folder: Path, count: int) -> Path:
    """Write an app of ``count`` routes into ``folder``, which must not exist yet."""
    service = folder / "lambda_src" / "shop"
    (service / "v1").mkdir(parents=True)
    for name in ("app.py", "cdk.json"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "stacks", folder / "stacks", ignore=shutil.ignore_patterns("*.pyc"))
    (folder / "platform.yaml").write_text(_PLATFORM)
    for name in ("requirements.in", "requirements.txt"):
        shutil.copy(ROOT / "lambda_src" / "foods" / name, service)
    for package in (service, service / "v1"):
        (package / "__init__.py").write_text('"""A shop."""\n')
    (service / "v1" / "handler.py").write_text(handler(count))
    # What the lock names is installed already: only the service itself is bundled anew.
    (folder / BUNDLES).mkdir(parents=True)
    for installed in (ROOT / BUNDLES).glob("dependencies-*"):
        (folder / BUNDLES / installed.name).symlink_to(installed)
    return folder


def handler(count: int) -> str:
    """The module with the routes."""
    routes = crud_routes(count)
    return _HEAD + models(routes) + "".join(_route(route) for route in routes)


def _route(route: CrudRoute) -> str:
    parameters = (["item_id: ItemId"] if route.on_item else []) + (
        [f"item: Annotated[Item{route.collection}, Body()]"] if route.has_body else []
    )
    stored = f"Stored{route.collection}"
    item_id = "item_id" if route.on_item else '"1"'
    name, quantity = ("item.name", "item.quantity") if route.has_body else ('"chair"', "3")
    is_list = route.kind == "list"
    return _ROUTE.format(
        decorator=route.method.lower(),
        path=route.path.replace("{", "<").replace("}", ">"),
        kind=route.kind,
        n=route.collection,
        security=_SECURITY.get(route.method, _WRITERS),
        function=route.function,
        parameters=", ".join(["limit: Limit = 20"] if is_list else parameters),
        returns=f"list[{stored}]" if is_list else stored,
        value="[]" if is_list else f"{stored}(id={item_id}, name={name}, quantity={quantity})",
    )
