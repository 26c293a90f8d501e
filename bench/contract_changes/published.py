"""Documents that npm packages ship, in successive versions."""

import json
import re
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gatewright.compare import read_openapi_file
from gatewright.contract.document import METHODS

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """Two versions of the document ``file`` of a package; of large ones only paths that start with
    ``below``."""

    package: str
    old: str
    new: str
    file: str
    below: str = "/"

    @property
    def name(self) -> str:
        """For people."""
        part = "" if self.below == "/" else f" ({self.below} ...)"
        return f"{self.package} {self.old} to {self.new}{part}"


_GITHUB = "generated/api.github.com.json"
_DIALOGPORTEN = ("@digdir/dialogporten-schema", "swagger.verified.json")

PAIRS: tuple[Pair, ...] = (
    Pair("@blockfrost/openapi", "0.1.84", "0.1.86", "openapi.yaml"),
    Pair("@blockfrost/openapi", "0.1.86", "0.1.92", "openapi.yaml"),
    Pair("@directus/specs", "11.2.0", "13.0.0", "dist/openapi.json"),
    Pair("@directus/specs", "14.0.0", "15.2.0", "dist/openapi.json"),
    Pair(_DIALOGPORTEN[0], "1.40.0", "1.47.5-431c529", _DIALOGPORTEN[1]),
    Pair(_DIALOGPORTEN[0], "1.47.5-431c529", "1.118.6", _DIALOGPORTEN[1]),
    Pair("@ideal-postcodes/openapi", "4.12.0", "4.14.1", "dist/openapi.json"),
    Pair("@ideal-postcodes/openapi", "4.14.1", "4.21.0", "dist/openapi.json"),
    Pair("rclone-openapi", "1.74.1", "1.75.0", "openapi.json"),
    Pair("@octokit/openapi", "21.0.0", "22.0.0", _GITHUB, "/orgs/{org}/actions"),
    Pair("@octokit/openapi", "22.0.0", "23.0.0", _GITHUB, "/repos/{owner}/{repo}/pulls"),
)


def prepared(pair: Pair, folder: Path) -> tuple[Path, Path]:
    """The two documents, downloaded once, as Optic takes them."""
    return _prepared(pair, pair.old, folder), _prepared(pair, pair.new, folder)


def _prepared(pair: Pair, version: str, folder: Path) -> Path:
    home = folder / f"{pair.package.replace('/', '+')}-{version}"
    file = home / f"document{re.sub('[^a-z]+', '-', pair.below).rstrip('-')}.json"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        document = read_openapi_file(_downloaded(pair, version, home))
        file.write_text(json.dumps(_reduced(document, pair.below)))
    return file


def _downloaded(pair: Pair, version: str, home: Path) -> Path:
    command = [
        "npm",
        "pack",
        "--silent",
        f"{pair.package}@{version}",
        "--pack-destination",
        str(home),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    [archive] = home.glob("*.tgz")
    with tarfile.open(archive) as packed:
        packed.extract(f"package/{pair.file}", home, filter="data")
    return home / "package" / pair.file


def _reduced(document: JsonObject, below: str) -> JsonObject:
    """The paths that are asked for and what they refer to; Optic refuses operations without
    responses."""
    paths = {path: item for path, item in document["paths"].items() if path.startswith(below)}
    for item in paths.values():
        item.pop("responses", None)
        for method in METHODS:
            if method in item:
                item[method].setdefault("responses", {"default": {"description": "none"}})
    if below == "/":
        return {**document, "paths": paths}
    reached: dict[str, JsonObject] = {}
    waiting: list[Any] = [paths]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
            _, _, rest = str(value.get("$ref", "")).partition("#/components/")
            part, _, name = rest.partition("/")
            found = document.get("components", {}).get(part, {}).get(name)
            if found is not None and name not in reached.setdefault(part, {}):
                reached[part][name] = found
                waiting.append(found)
    schemes = document.get("components", {}).get("securitySchemes")
    components = {**reached, "securitySchemes": schemes} if schemes else reached
    kept: JsonObject = {k: document[k] for k in ("openapi", "info", "security") if k in document}
    return {**kept, "paths": paths, "components": components}
