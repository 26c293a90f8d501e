"""A platform of ten public descriptions, with one backend that answers from the contracts."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from gatewright.bundling import unpacked_dependencies
from gatewright.bundling.bundle import LOCK
from gatewright.config import load_platform
from gatewright.contract.document import METHODS, JsonObject
from gatewright.yaml12 import CoreSchemaLoader
from local.cdk_cli import ROOT
from stacks.contracts import BUNDLES, read_contracts
from tests.described.documents import DOCUMENTS, FOLDER
from tests.described.samples import Samples
from tests.local.changed_platform import deployable_copy

BACKEND = "described"
_KEY = "key"
_INSTALLED = "tests/described/node_modules/.installed"


def described_platform(root: Path) -> Path:
    """The platform in ``root``, a folder that is not there, with all that a deployment needs.

    The ten share one folder, and so one bundle. Each asks for an API key, in place of what its
    file asks for: OAuth of other parties is nothing that a test here can have.
    """
    services = root / "lambda_src"
    # Kept beside the others, so that it is installed once.
    unpacked_dependencies(FOLDER / "lambda_src" / BACKEND / LOCK, ROOT / BUNDLES)
    deployable_copy(root)
    shutil.rmtree(services)
    shutil.copytree(FOLDER / "lambda_src", services, ignore=shutil.ignore_patterns("__pycache__"))
    for described in DOCUMENTS:
        if not described.file.exists():
            raise AssertionError(f"{described.file} is not there: make {_INSTALLED}")
        content = asking_for_keys(_read(described.file))
        for path in described.left_out:
            del content["paths"][path]
        _without_xml(content)
        (services / BACKEND / f"{described.name}.json").write_text(json.dumps(content))
    (root / "platform.yaml").write_text(json.dumps(_platform()))
    for api, contract in read_contracts(load_platform(root / "platform.yaml"), root).items():
        stored = {"contract": contract.document, "answers": Samples(contract).answers(contract)}
        (services / BACKEND / f"{api}.json").write_text(json.dumps(stored))
    return root


def asking_for_keys(content: JsonObject) -> JsonObject:
    """The description, but with an API key in place of all other security."""
    schemes = {_KEY: {"type": "apiKey", "in": "header", "name": "x-api-key"}}
    if "swagger" in content:
        content["securityDefinitions"] = schemes
    else:
        content.setdefault("components", {})["securitySchemes"] = schemes
    for item in content.get("paths", {}).values():
        for method in METHODS:
            if isinstance(item.get(method), dict):
                item[method].pop("security", None)
                # Some describe errors alone, or nothing: there must be an answer to give.
                responses = item[method].setdefault("responses", {})
                if not any(status == "default" or status[0] == "2" for status in responses):
                    responses["204"] = {"description": "Done"}
    return {**content, "security": [{_KEY: []}]}


def _without_xml(content: JsonObject) -> None:
    """Leave out bodies of XML, which the backend does not read."""
    bodies = content.get("components", {}).get("requestBodies", {}).values()
    operations = [
        item[method] for item in content["paths"].values() for method in METHODS if method in item
    ]
    for body in [*bodies, *(operation.get("requestBody", {}) for operation in operations)]:
        body.get("content", {}).pop("application/xml", None)


def _read(file: Path) -> JsonObject:
    text = file.read_text("utf-8-sig")
    found: JsonObject = (
        json.loads(text) if file.suffix == ".json" else yaml.load(text, Loader=CoreSchemaLoader)  # noqa: S506
    )
    return found


def _platform() -> dict[str, Any]:
    """platform.yaml: JSON is YAML."""
    return {
        "project": BACKEND,
        "environments": {
            "local": {
                "account": "000000000000",
                "region": "us-east-1",
                "plans": ["fuzz"],
                "build_for": "host",
            }
        },
        "services": dict(_services()),
        "plans": {
            "fuzz": {"apis": [f"{d.name}-v1" for d in DOCUMENTS], "rate": 5000, "burst": 5000}
        },
        "keys": {"fuzz": {"plans": ["fuzz"]}},
    }


def _services() -> Iterator[tuple[str, Any]]:
    for described in DOCUMENTS:
        version = {
            "contract": f"{BACKEND}/{described.name}.json",
            "handler": f"{BACKEND}.backend:answer",
            "backend_validates": True,
        }
        yield described.name, {"versions": {"v1": version}}
