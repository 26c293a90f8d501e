"""What a release does to those who call: judged in the build, and published as clients."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from gatewright.publish.signing import PUBLIC_KEY
from local.rehearse import released
from tests.rehearsal.corner import Corner
from tests.rehearsal.test_releases import HANDLER, stopped_at

_ROUTE = '@app.get("/prices", summary="List the prices", security=[{"api_key": []}])\n'
_NEW_ROUTE = """@app.get("/wares", summary="List the wares", security=[{"api_key": []}])
def list_wares() -> list[str]:
    return sorted(prices.PRICES)


"""
_V1 = '      v1: {routes: "shop.v1.handler:app"}\n'
_V2 = _V1.replace("v1", "v2")


def version(corner: Corner, api: str) -> str:
    """The version of an API that is published."""
    document = json.loads(corner.published(f"openapi/latest/{api}.json"))
    return str(document["info"]["version"])


def test_what_is_published_first_is_signed(corner: Corner, tmp_path: Path) -> None:
    place = "sdks/shop-v1/1.0.0"
    for name in ("SHA256SUMS", "SHA256SUMS.sig", PUBLIC_KEY):
        (tmp_path / name).write_bytes(corner.published(f"{place}/{name}"))
    command = f"openssl dgst -sha256 -verify {PUBLIC_KEY} -signature SHA256SUMS.sig SHA256SUMS"
    subprocess.run(command.split(), cwd=tmp_path, check=True)
    files = (tmp_path / "SHA256SUMS").read_text()
    assert re.search(r"^[0-9a-f]{64}  python/corner_shop_v1-1\.0\.0-.*\.whl$", files, re.M)
    assert re.search(r"^[0-9a-f]{64}  typescript/corner-shop-v1-1\.0\.0\.tgz$", files, re.M)
    assert corner.published("sdks/shop-v1/CHANGELOG.md").startswith(b"# Changelog\n\n## 1.0.0\n")


def test_a_compatible_change_is_a_minor_version(corner: Corner) -> None:
    before = version(corner, "shop-v1")
    major, minor, _ = before.split(".")
    corner.change(HANDLER, _ROUTE, _NEW_ROUTE + _ROUTE)
    executions = corner.release("List the wares too")
    assert released(executions)
    now = version(corner, "shop-v1")
    assert now == f"{major}.{int(minor) + 1}.0"
    changelog = corner.published("sdks/shop-v1/CHANGELOG.md").decode()
    newest, rest = changelog.split(f"## {before}\n")
    assert f"## {now}\n" in newest
    assert "### Added" in newest
    assert "GET /wares is new" in newest
    assert "The first release" in rest
    assert corner.published(f"sdks/shop-v1/{now}/python/corner_shop_v1-{now}-py3-none-any.whl")


def test_a_breaking_change_stops_the_build(changed: Corner) -> None:
    before = version(changed, "shop-v1")
    changed.change(HANDLER, '"/prices"', '"/price_list"')
    stage, reason = stopped_at(changed.release("Call it a price list"))
    assert stage == "Build"
    assert "shop-v1 GET /price_list: GET /prices became GET /price_list (operation-moved)" in reason
    assert "calls to the old place fail" in reason
    assert "serve it as a new API version, or write it down in contracts/breaking.yaml" in reason
    assert version(changed, "shop-v1") == before


def test_as_a_new_api_version_it_goes_out(corner: Corner) -> None:
    """The old version goes on beside it, so nobody has to move at once."""
    before = version(corner, "shop-v1")
    folder = corner.root / "lambda_src" / "shop"
    shutil.copytree(folder / "v1", folder / "v2", ignore=shutil.ignore_patterns("__pycache__"))
    corner.change("lambda_src/shop/v2/handler.py", "from shop.v1", "from shop.v2")
    corner.change("lambda_src/shop/v2/handler.py", '"/prices"', '"/price_list"')
    corner.change("platform.yaml", _V1, _V1 + _V2)
    corner.change("platform.yaml", "apis: [shop-v1, ", "apis: [shop-v1, shop-v2, ")
    assert released(corner.release("Call it a price list, from version 2 on"))
    assert version(corner, "shop-v1") == before
    assert version(corner, "shop-v2") == "2.0.0"
    told = corner.published("sdks/shop-v2/2.0.0/CHANGELOG.md").decode()
    assert "### What differs from v1" in told
    assert "GET /prices became GET /price_list" in told
    client = corner.published("sdks/shop-v2/2.0.0/python/corner_shop_v2-2.0.0-py3-none-any.whl")
    wheel = corner.root.parent / "corner_shop_v2-2.0.0-py3-none-any.whl"
    wheel.write_bytes(client)
    listed = subprocess.run(
        [sys.executable, "-m", "zipfile", "--list", str(wheel)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "corner_shop_v2/__init__.py" in listed


def test_written_down_it_goes_out_as_a_major_version(corner: Corner) -> None:
    major = int(version(corner, "shop-v1").split(".")[0])
    corner.change("lambda_src/shop/v1/handler.py", '"/prices"', '"/price_list"')
    (corner.root / "contracts").mkdir(exist_ok=True)
    (corner.root / "contracts" / "breaking.yaml").write_text(
        "shop-v1:\n"
        "  - kind: operation-moved\n"
        "    operation: GET /price_list\n"
        "    reason: the few who call it have been told\n"
    )
    assert released(corner.release("Call it a price list in version 1 as well"))
    assert version(corner, "shop-v1") == f"{major + 1}.0.0"
    assert "### Breaking" in corner.published("sdks/shop-v1/CHANGELOG.md").decode()
