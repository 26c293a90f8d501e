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
from gatewright.contract.document import JsonObject
from gatewright.publish.documents import stamped
from gatewright.publish.errors import PublishError
from gatewright.publish.judging import judge_with
from gatewright.publish.published import PublishedError, read_published
from stacks.contract_check import CONTRACTS
from stacks.contracts import read_contracts
from stacks.public_documents import public_documents_of

ROOT = Path(__file__).parent.parent
CHECKS = "checks"
_UNCHANGED = "As recorded in `contracts/`. A release says what changed since the one before."
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
    documents = public_documents_of(platform, contracts)
    written += _versioned(documents, read_published(str(root / CONTRACTS)), folder)
    for package in sorted({api.package for api in platform.apis if not api.retired}):
        for source in sorted((root / "lambda_src" / package / CHECKS).glob("[!_]*.py")):
            target = folder / CHECKS / package / source.name
            target.parent.mkdir(exist_ok=True)
            written.append(Path(shutil.copy(source, target)))
    return written


def _versioned(
    documents: Mapping[str, JsonObject], recorded: Mapping[str, JsonObject], folder: Path
) -> Iterator[Path]:
    judge = judge_with(documents, None)
    for api, document in documents.items():
        verdict = judge(api, recorded.get(api), document)
        file, changelog = folder / "openapi" / f"{api}.json", folder / "changelogs" / f"{api}.md"
        file.write_text(json.dumps(stamped(document, verdict.version), indent=2) + "\n")
        section = verdict.section if verdict.changes else f"## {verdict.version}\n\n{_UNCHANGED}\n"
        changelog.write_text(f"# Changelog\n\n{section}", "utf-8")
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
