"""What a release leaves beside its templates: public documents, and the services' own checks.

`python -m stacks.release_documents <folder>` writes `openapi/<api>.json`, with the version that
follows from `contracts/`, `changelogs/<api>.md`, and `checks/<service>/`.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from gatewright.bundling import BundlingError
from gatewright.config import ConfigError, Platform, load_platform
from gatewright.contract import Contract, ContractError
from gatewright.publish.errors import PublishError
from gatewright.publish.published import PublishedError
from stacks.contracts import read_contracts
from stacks.public_documents import public_documents_of
from stacks.versioned_documents import Versioned, versioned

ROOT = Path(__file__).parent.parent
CHECKS = "checks"
_EXPECTED = (ConfigError, ContractError, BundlingError, PublishError, PublishedError)


def write_documents(
    platform: Platform, contracts: dict[str, Contract], root: Path, folder: Path
) -> list[Path]:
    """Write the documents anew below ``folder``, and return what was written.

    ``root`` is the folder that holds ``lambda_src/`` and ``contracts/``. Raises PublishError and
    PublishedError for a contract there that cannot be compared with.
    """
    written: list[Path] = []
    for name in ("openapi", "changelogs", CHECKS):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir(parents=True)
    written += _write(versioned(public_documents_of(platform, contracts), root), folder)
    for package in sorted({api.package for api in platform.apis if not api.retired}):
        for source in sorted((root / "lambda_src" / package / CHECKS).glob("[!_]*.py")):
            target = folder / CHECKS / package / source.name
            target.parent.mkdir(exist_ok=True)
            written.append(Path(shutil.copy(source, target)))
    return written


def _write(found: Mapping[str, Versioned], folder: Path) -> Iterator[Path]:
    for api, one in found.items():
        file, changelog = folder / "openapi" / f"{api}.json", folder / "changelogs" / f"{api}.md"
        file.write_text(json.dumps(one.document, indent=2) + "\n")
        changelog.write_text(one.changelog, "utf-8")
        yield from (file, changelog)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m stacks.release_documents", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    try:
        platform = load_platform(ROOT / "platform.yaml")
        written = write_documents(platform, read_contracts(platform, ROOT), ROOT, folder)
    except _EXPECTED as error:
        sys.exit(f"\n{error}\n")
    for file in written:
        print(file)


if __name__ == "__main__":
    main()
