"""Writes the contracts to `contracts/`, which `make contract-check` compares with.

`python -m stacks.contract_record` gives each its next version. Reviewers see what a change does to
callers in the difference of these files. A breaking change must be written down before.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from gatewright.compare import Judgement, judge, report
from gatewright.config import load_platform
from gatewright.contract.document import JsonObject
from gatewright.publish.documents import stamped
from gatewright.publish.published import read_published
from stacks.contract_check import CONTRACTS, EXPECTED, ROOT, declarations, public_documents
from stacks.retirements import joined, retirements


def record(root: Path, current: Mapping[str, JsonObject], judgement: Judgement) -> list[Path]:
    """Write the contracts with their next versions, and remove those that are served no more."""
    folder = root / CONTRACTS
    folder.mkdir(exist_ok=True)
    for gone in {file.stem for file in folder.glob("*.json")} - current.keys():
        (folder / f"{gone}.json").unlink()
    written = []
    for name, document in current.items():
        file = folder / f"{name}.json"
        recorded = stamped(document, judgement.versions[name])
        file.write_text(json.dumps(recorded, indent=2, ensure_ascii=False) + "\n", "utf-8")
        written.append(file)
    return written


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    argparse.ArgumentParser(
        prog="python -m stacks.contract_record",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    ).parse_args(arguments)
    try:
        platform = load_platform(ROOT / "platform.yaml")
        current = public_documents(platform, ROOT)
        before = read_published(str(ROOT / CONTRACTS))
        judgement = judge(before, current, joined(declarations(ROOT), retirements(platform)))
    except EXPECTED as error:
        sys.exit(f"\n{error}\n")
    if not judgement.holds:
        sys.exit(f"{report(judgement)}\n\nNothing was recorded.")
    for file in record(ROOT, current, judgement):
        print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
