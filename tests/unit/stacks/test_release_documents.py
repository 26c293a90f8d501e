"""What a release leaves beside its templates."""

import json
from pathlib import Path

from openapi_spec_validator import validate

from gatewright.config import load_platform
from stacks.contracts import read_contracts
from stacks.release_documents import write_documents
from tests.synthesis import ROOT


def test_it_has_every_document_and_the_services_own_checks(tmp_path: Path) -> None:
    platform = load_platform(ROOT / "platform.yaml")
    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi" / "gone-v1.json").write_text("{}")  # of an earlier release
    written = write_documents(platform, read_contracts(platform, ROOT), ROOT, tmp_path)
    found = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()}
    assert found == {str(file.relative_to(tmp_path)) for file in written}
    assert found == {
        *("openapi/foods-v1.json", "openapi/foods-v2.json"),
        *("changelogs/foods-v1.md", "changelogs/foods-v2.md"),
        "checks/foods/v2.py",
    }
    for api in ("foods-v1", "foods-v2"):
        document = json.loads((tmp_path / "openapi" / f"{api}.json").read_text())
        validate(document)
        recorded = json.loads((ROOT / "contracts" / f"{api}.json").read_text())
        assert document["info"]["version"] >= recorded["info"]["version"]
        changelog = (tmp_path / "changelogs" / f"{api}.md").read_text()
        assert f"## {document['info']['version']}" in changelog
