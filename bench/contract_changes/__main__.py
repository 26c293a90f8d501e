"""``python -m bench.contract_changes``: our verdicts beside Optic's, operation by operation.

Downloads documents and Optic from npm into ``.gatewright/contract-changes``. It takes minutes,
nearly all of them Optic's.
"""

import argparse
import re
import subprocess
import time
from collections import Counter, defaultdict
from pathlib import Path

from bench.contract_changes.optic import breaking_operations, installed
from bench.contract_changes.published import PAIRS, Pair, prepared
from gatewright.compare import compare, read_openapi_file

HOME = Path(".gatewright/contract-changes")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.contract_changes", description=__doc__)
    parser.add_argument("--only", default="", help="pairs whose name has this in it")
    only = parser.parse_args().only
    program = installed((HOME / "optic").resolve())
    for pair in PAIRS:
        if only in pair.name:
            print("\n".join(_told(pair, program)), flush=True)


def _told(pair: Pair, program: Path) -> list[str]:
    old, new = (file.resolve() for file in prepared(pair, HOME))
    documents = read_openapi_file(old), read_openapi_file(new)
    started = time.perf_counter()
    changes = compare(*documents)
    seconds = time.perf_counter() - started
    ours: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        if change.verdict == "breaking" and change.operation:
            ours[_shape(change.operation)].add(change.kind)
    operations = sum(len(item) for item in documents[0]["paths"].values())
    head = f"{pair.name}: {operations} operations, ours {len(ours)} breaking in {seconds:.2f} s"
    try:
        said, theirs_seconds = breaking_operations(program, old, new)
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        return [f"{head}; Optic: {' '.join(str(error).split())[:160]}"]
    theirs = {_shape(operation) for operation in said}
    only_ours = Counter(kind for name in ours.keys() - theirs for kind in ours[name])
    agreed = operations - len(ours.keys() ^ theirs)
    return [
        f"{head}, Optic {len(theirs)} in {theirs_seconds:.0f} s; alike {agreed}",
        f"  ours alone ({len(ours.keys() - theirs)}): "
        + ", ".join(f"{kind} {count}" for kind, count in only_ours.most_common()),
        f"  Optic alone: {', '.join(sorted(theirs - ours.keys())) or 'none'}",
    ]


def _shape(operation: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", operation)


if __name__ == "__main__":
    main()
