"""What a release leaves beside its templates: public documents, and the services' own checks.

`python -m stacks.release_documents <folder>` writes `openapi/<api>.json` and `checks/<service>/`.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

from gatewright.bundling import BundlingError
from gatewright.config import ConfigError, Platform, load_platform
from gatewright.contract import Contract, ContractError, public_document
from stacks.contracts import read_contracts

ROOT = Path(__file__).parent.parent
CHECKS = "checks"


def write_documents(
    platform: Platform, contracts: dict[str, Contract], root: Path, folder: Path
) -> list[Path]:
    """Write the documents anew below ``folder``, and return what was written.

    ``root`` is the folder that holds ``lambda_src/``.
    """
    written = []
    for name in ("openapi", CHECKS):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir(parents=True)
    for api, contract in contracts.items():
        file = folder / "openapi" / f"{api}.json"
        file.write_text(json.dumps(public_document(contract), indent=2) + "\n")
        written.append(file)
    for package in sorted({api.package for api in platform.apis}):
        for source in sorted((root / "lambda_src" / package / CHECKS).glob("[!_]*.py")):
            target = folder / CHECKS / package / source.name
            target.parent.mkdir(exist_ok=True)
            written.append(Path(shutil.copy(source, target)))
    return written


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m stacks.release_documents", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    try:
        platform = load_platform(ROOT / "platform.yaml")
        written = write_documents(platform, read_contracts(platform, ROOT), ROOT, folder)
    except (ConfigError, ContractError, BundlingError) as error:
        sys.exit(f"\n{error}\n")
    for file in written:
        print(file)


if __name__ == "__main__":
    main()
