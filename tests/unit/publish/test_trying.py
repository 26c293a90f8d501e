"""What a trial finds in a package."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from gatewright.publish.errors import PublishError
from gatewright.publish.indexes.index import Package
from gatewright.publish.try_out import npm as npm_trial
from gatewright.publish.try_out.tried import Candidate
from gatewright.publish.try_out.trying import try_all
from tests.unit.publish.indexes.packages import npm_archive
from tests.unit.publish.release_parts import document

GOODS = document("list_goods", "import")
_METHODS = "def list_goods(self): ...\n    def call_import(self): ..."


def tried(language: str, *files: Path) -> str:
    """What is told of a package of these files."""
    package = Package(api="shop-v1", language=language, version="1.0.0", files=files)
    told: list[str] = []
    try_all([Candidate(package=package, document=GOODS)], told.append)
    return told[0]


def wheel(folder: Path, module: str, requires: str = "") -> Path:
    """PyPA, "Binary distribution format"."""
    file = folder / "shop_shop_v1-1.0.0-py3-none-any.whl"
    information = "shop_shop_v1-1.0.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: shop-shop-v1\nVersion: 1.0.0\n{requires}"
    tags = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with ZipFile(file, "w") as archive:
        archive.writestr("shop_shop_v1/__init__.py", module)
        archive.writestr(f"{information}/METADATA", metadata)
        archive.writestr(f"{information}/WHEEL", tags)
        archive.writestr(
            f"{information}/RECORD",
            "shop_shop_v1/__init__.py,,\n"
            + "".join(f"{information}/{name},,\n" for name in ("METADATA", "WHEEL", "RECORD")),
        )
    return file


def test_a_wheel_is_imported_and_has_every_operation(tmp_path: Path) -> None:
    file = wheel(tmp_path, f"class GoodsApi:\n    {_METHODS}\n")
    assert tried("python", file) == "shop-v1 1.0.0, python: imports, has 2 operations"


@pytest.mark.parametrize(
    ("module", "requires", "said"),
    [
        ("class GoodsApi:\n    def list_goods(self): ...\n", "", "lacks the operations import"),
        ("import nothing_of_that_name\n", "", "No module named 'nothing_of_that_name'"),
        (f"class GoodsApi:\n    {_METHODS}\n", "Requires-Dist: pydantic>99\n", "wants pydantic>99"),
        (f"class GoodsApi:\n    {_METHODS}\n", "Requires-Dist: no-such-thing\n", "no-such-thing"),
    ],
    ids=["an operation lacks", "it does not import", "it wants a newer one", "it wants another"],
)
def test_a_wheel_that_does_not_work_is_told(
    tmp_path: Path, module: str, requires: str, said: str
) -> None:
    with pytest.raises(PublishError, match=f"the package does not work: .*{said}"):
        tried("python", wheel(tmp_path, module, requires))


def npm(folder: Path, text: str, **described: object) -> Path:
    file = folder / "shop-shop-v1-1.0.0.tgz"
    file.write_bytes(npm_archive({"index.js": text}, **described))
    return file


_CLASS = "export class GoodsApi { listGoods() {} _import() {} }"


def test_a_tarball_is_loaded_and_has_every_operation(tmp_path: Path) -> None:
    file = npm(tmp_path, _CLASS, type="module")
    assert tried("typescript", file).endswith("typescript: loads, has 2 operations")
    common = "class GoodsApi { listGoods() {} _import() {} } module.exports = { GoodsApi };"
    assert tried("javascript", npm(tmp_path, common)).endswith("loads, has 2 operations")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("export class GoodsApi { listGoods() {} }", "lacks the operations import"),
        ("import 'nothing-of-that-name';", "Cannot find package 'nothing-of-that-name'"),
    ],
)
def test_a_tarball_that_does_not_work_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PublishError, match=f"the package does not work: .*{said}"):
        tried("typescript", npm(tmp_path, text, type="module"))


def test_a_tarball_that_needs_others_is_loaded_with_those_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = tmp_path / "modules"
    monkeypatch.setattr(npm_trial, "MODULES", modules)
    text = "import { more } from 'other'; if (!more) throw Error('no other');" + _CLASS
    file = npm(tmp_path, text, type="module", dependencies={"other": "1"})
    assert tried("typescript", file).endswith("not loaded, since it needs other")
    (modules / "other").mkdir(parents=True)
    (modules / "other" / "package.json").write_text('{"name": "other", "type": "module"}')
    (modules / "other" / "index.js").write_text("export const more = true;")
    assert tried("typescript", file).endswith("loads, has 2 operations")


def test_a_jar_has_every_operation(tmp_path: Path) -> None:
    jar = tmp_path / "shop-v1-1.0.0.jar"
    with ZipFile(jar, "w") as archive:
        archive.writestr("shop/GoodsApi.class", b"\x00listGoods\x00_import\x00")
    assert tried("java", jar).endswith("java: compiled, has 2 operations")
    with ZipFile(jar, "w") as archive:
        archive.writestr("shop/GoodsApi.class", b"\x00listGoods\x00")
    with pytest.raises(PublishError, match="lacks the operations import"):
        tried("java", jar)


def test_what_is_not_tried_is_told(tmp_path: Path) -> None:
    assert "no JDK" in tried("java", tmp_path / "shop-v1-1.0.0-sources.jar")
    assert "not tried" in tried("swift", tmp_path / "shop-swift.zip")


def test_a_package_without_its_file_is_told() -> None:
    with pytest.raises(PublishError, match=r"0 files end with \.whl"):
        tried("python")
