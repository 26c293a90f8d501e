"""The schema that editors use is current, and agrees with the loader."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from gatewright.config import load_platform
from gatewright.config.json_schema import platform_schema
from gatewright.config.schema import main
from gatewright.config.yaml_text import CoreSchemaLoader
from tests.unit.config import mistakes_integrations, mistakes_lifecycles, mistakes_releases
from tests.unit.config.conftest import VALID, Edit, edited
from tests.unit.config.test_mistakes import MISTAKES

ROOT = Path(__file__).parents[3]
VALIDATOR = jsonschema.Draft202012Validator(platform_schema())
BETWEEN_FIELDS = {
    "authorizer-in-another-folder",
    "caching-by-default-without-identity-sources",
    "caching-without-identity-sources",
    "openid-of-a-token",
    "validation-that-is-no-pattern",
    "burst-below-rate",
    "throttle-burst-below-rate",
    "method-burst-below-rate",
    "method-rate-above-the-plans",
    "method-burst-above-the-plans",
    "method-of-an-api-outside-the-plan",
    "key-source-without-an-authorizer",
    "key-authorizer-that-nothing-asks",
    "key-authorizer-in-another-folder",
    "handler-in-another-folder",
    "wsgi-in-another-folder",
    "unknown-plan",
    "unknown-plan-without-a-near-name",
    "unknown-api",
    "api-twice",
    "key-on-an-unknown-plan",
    "key-on-two-plans-of-one-api",
    "private-without-vpc-endpoints",
    "enhanced-policy-without-an-access-mode",
    "access-mode-without-an-enhanced-policy",
    "policy-of-edge-on-regional",
    "stream-handler-in-another-folder",
    "streamed-and-cached",
    "first-stage-promoted",
    "cache-of-a-stage-alone",
    "stage-burst-below-rate",
    "stage-throttle-above-the-account",
    "plan-of-an-unknown-stage",
    "rate-infinite",  # JSON has no bound for a number
    *mistakes_integrations.BETWEEN_FIELDS,
    *mistakes_lifecycles.BETWEEN_FIELDS,
    *mistakes_releases.BETWEEN_FIELDS,
}


def parsed(text: str) -> object:
    # an editor reads names as text, as the loader does
    return json.loads(json.dumps(yaml.load(text, Loader=CoreSchemaLoader)))  # noqa: S506


def test_the_committed_schema_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", str(ROOT / "platform.schema.json")]) == 0, capsys.readouterr().err


def test_the_schema_is_itself_valid() -> None:
    VALIDATOR.check_schema(VALIDATOR.schema)


def test_the_platform_file_loads_and_fits_the_schema() -> None:
    load_platform(ROOT / "platform.yaml")
    text = (ROOT / "platform.yaml").read_text(encoding="utf-8")
    assert [e.message for e in VALIDATOR.iter_errors(parsed(text))] == []
    assert text.startswith("# yaml-language-server: $schema=./platform.schema.json\n")


def test_the_schema_accepts_what_the_loader_accepts() -> None:
    assert VALIDATOR.is_valid(parsed(VALID))


@pytest.mark.parametrize(
    "edit",
    [pytest.param(case[1], id=case[0]) for case in MISTAKES if case[0] not in BETWEEN_FIELDS],
)
def test_the_schema_refuses_what_the_loader_refuses(edit: Edit) -> None:
    assert not VALIDATOR.is_valid(parsed(edited(edit)))


def test_every_field_is_described() -> None:
    objects = [platform_schema(), *platform_schema()["$defs"].values()]
    bare = [
        f"{made['title']}.{name}"
        for made in objects
        for name, field in made["properties"].items()
        if not field.get("description")
    ]
    assert bare == []


def test_check_tells_how_to_renew_a_stale_schema_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "platform.schema.json"
    stale.write_text("{}")
    assert main(["--check", str(stale)]) == 1
    assert f"run: python -m gatewright.config.schema {stale}" in capsys.readouterr().err
    assert stale.read_text() == "{}"
    assert main([str(stale)]) == 0
    assert main(["--check", str(stale)]) == 0
