"""Small packages of each kind, as the generator leaves them."""

import io
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path

from gatewright.publish.indexes.index import Package

_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><groupId>shop.clients</groupId>
<artifactId>shop-v1</artifactId><version>1.0.0</version></project>"""


def python_package(folder: Path) -> Package:
    return _package(
        "python",
        _written(folder, "shop_shop_v1-1.0.0-py3-none-any.whl", b"a wheel"),
        _written(folder, "shop_shop_v1-1.0.0.tar.gz", b"sources"),
    )


def npm_package(folder: Path) -> Package:
    return _package("typescript", _written(folder, "shop-shop-v1-1.0.0.tgz", npm_archive({})))


def npm_archive(files: Mapping[str, str], **described: object) -> bytes:
    """A tarball with these files, and what package.json says besides name and version."""
    package = json.dumps({"name": "@shop/shop-v1", "version": "1.0.0", **described})
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, text in {"package.json": package, **files}.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return held.getvalue()


def maven_package(folder: Path) -> Package:
    return _package(
        "java",
        _written(folder, "shop-v1-1.0.0.jar", b"classes"),
        _written(folder, "shop-v1-1.0.0-sources.jar", b"sources"),
        _written(folder, "shop-v1-1.0.0.pom", _POM.encode()),
    )


def _package(language: str, *files: Path) -> Package:
    return Package(api="shop-v1", language=language, version="1.0.0", files=files)


def _written(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file
