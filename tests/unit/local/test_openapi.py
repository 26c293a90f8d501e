"""`make openapi` writes documents that portals and SDKs can take as they are."""

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from local.embedded_aws import LocalError
from local.openapi import parse, write_openapi
from tests.synthesis import ROOT, change_text

_DOMAIN = "    # domain: {name: api.example.com, hosted_zone: {id: Z0123456789, name: example.com}}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A platform whose prod has a domain."""
    for name in ("lambda_src", "contracts"):
        (tmp_path / name).symlink_to(ROOT / name)
    file = tmp_path / "platform.yaml"
    file.write_text((ROOT / "platform.yaml").read_text())
    change_text(file, _DOMAIN, _DOMAIN.replace("# ", ""))
    return tmp_path


def _written(root: Path, *arguments: str) -> dict[str, Any]:
    files = write_openapi(parse(arguments), root, root / "nothing-runs-here")
    return {str(file.relative_to(root)): json.loads(file.read_text()) for file in files}


@pytest.mark.parametrize(
    ("given", "folder"), [((), "openapi"), (("--environment", "prod"), "openapi-prod")]
)
def test_they_are_valid_with_servers_security_and_versions(
    root: Path, given: tuple[str, ...], folder: str
) -> None:
    found = _written(root, *given)
    assert set(found) == {f"dist/{folder}/foods-v1.json", f"dist/{folder}/foods-v2.json"}
    for file, document in found.items():
        validate(document)
        assert document["openapi"] == "3.0.3"
        api = Path(file).stem
        path = "/".join(api.split("-"))
        assert document["servers"][0]["url"] == f"https://api.example.com/{path}"
        recorded = json.loads((ROOT / "contracts" / f"{api}.json").read_text())
        assert document["info"]["version"] >= recorded["info"]["version"]
        asked = {
            scheme
            for item in document["paths"].values()
            for operation in item.values()
            for requirement in operation["security"]
            for scheme in requirement
        }
        assert asked
        assert asked <= set(document["components"]["securitySchemes"])


def test_one_may_be_asked_for_and_goes_where_it_is_told(root: Path) -> None:
    target = root / "portal"
    assert set(_written(root, "--api", "foods-v2", "--folder", str(target))) == {
        "portal/foods-v2.json"
    }


def test_an_api_that_is_not_there_is_named_with_those_that_are(root: Path) -> None:
    with pytest.raises(LocalError, match=r"'foods-v3' is served. There are: foods-v1, foods-v2"):
        _written(root, "--api", "foods-v3")


def test_an_environment_here_that_does_not_run_is_told(root: Path) -> None:
    with pytest.raises(LocalError, match="make up"):
        _written(root, "--environment", "local")
    assert not (root / "dist").exists()
