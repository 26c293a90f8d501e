"""What the contracts change for callers: `make contract-check`.

`python -m stacks.contract_check` compares what the code promises with the contracts in
`contracts/`, and with what a release published where the variable PUBLISHED says: a folder or
`s3://<bucket>/<prefix>`. It ends with 1 if a change breaks callers and nobody wrote it down.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from gatewright.bundling import BundlingError
from gatewright.compare import (
    CompareError,
    Declarations,
    Judgement,
    as_json,
    judge,
    read_declared,
    report,
    unknown_apis,
)
from gatewright.config import ConfigError, Platform, load_platform
from gatewright.contract import ContractError
from gatewright.contract.document import JsonObject
from gatewright.publish.published import PublishedError, read_published
from stacks.contracts import read_contracts
from stacks.past_sunsets import warn_of_past_sunsets
from stacks.public_documents import public_documents_of
from stacks.retirements import joined, retirements

ROOT = Path(__file__).parent.parent
CONTRACTS = "contracts"
DECLARED = "breaking.yaml"
PUBLISHED = "PUBLISHED"
"""The variable with the place of what the last release published."""

_MOST = 5
_REMEDY = (
    "Callers would break. Make it compatible, serve it as a new API version, or write it down in "
    f"{CONTRACTS}/{DECLARED}: the report above says how."
)
EXPECTED = (ConfigError, ContractError, BundlingError, CompareError, PublishedError)


def check(
    root: Path,
    current: Mapping[str, JsonObject],
    published: str | None,
    retired: Declarations = MappingProxyType({}),
) -> dict[str, Judgement]:
    """The judgement of each place that ``current`` is compared with, the most binding one last.

    ``retired`` says which contracts are gone on purpose.

    Raises ConfigError, CompareError and PublishedError.
    """
    declared = joined(declarations(root), retired)
    if published is not None:
        _must_be_a_place(published)
    places = [CONTRACTS, *([published] if published else [])]
    found = {
        place: read_published(str(root / place) if place == CONTRACTS else place)
        for place in places
    }
    if len(found) > 1 and not found[CONTRACTS]:
        del found[CONTRACTS]  # nothing was recorded, which says nothing
    return {place: judge(documents, current, declared) for place, documents in found.items()}


def _must_be_a_place(published: str) -> None:
    """A mistake in it would turn off what counts most, without a word."""
    if not re.fullmatch(r"s3://[^/]+/.+", published) and not Path(published).is_dir():
        raise PublishedError(
            f"{PUBLISHED}={published}: neither a folder that is there nor s3://<bucket>/<prefix>. "
            "Correct the variable, or leave it out to compare with contracts/ alone."
        )


def declarations(root: Path) -> Declarations:
    """The breaking changes that were written down, none without a file. Raises ConfigError."""
    file = root / CONTRACTS / DECLARED
    return read_declared(file) if file.exists() else {}


def public_documents(platform: Platform, root: Path) -> dict[str, JsonObject]:
    """What the code promises, by API. Raises what reading contracts raises."""
    return public_documents_of(platform, read_contracts(platform, root))


def write_report(folder: Path, judgements: Mapping[str, Judgement]) -> None:
    """What was found, for people, for programs, and as the line that an approver is shown."""
    folder.mkdir(parents=True, exist_ok=True)
    last = list(judgements.values())[-1]
    (folder / "report.txt").write_text(f"{report(last)}\n", "utf-8")
    text = json.dumps(as_json(last), indent=2, ensure_ascii=False)
    (folder / "changes.json").write_text(f"{text}\n", "utf-8")
    (folder / "summary.txt").write_text(f"{summary(last)}\n", "utf-8")


def summary(judgement: Judgement) -> str:
    """One line: each API with its next version and how much changed."""
    return "; ".join(
        _told(api.name, api.published, api.version, api.changes) for api in judgement.apis
    )


def _told(name: str, before: str | None, version: str | None, changes: Sequence[object]) -> str:
    if version is None:
        return f"{name} is gone"
    if before is None:
        return f"{name} {version} is new"
    if not changes:
        return f"{name} {version} is unchanged"
    return f"{name} {before} becomes {version}, {len(changes)} change{'s' * (len(changes) > 1)}"


def undeclared_lines(judgement: Judgement) -> Iterator[str]:
    """What breaks and was not written down, shortly: the last that a failed build says."""
    for api in judgement.apis:
        for change in api.undeclared[:_MOST]:
            place = " ".join(filter(None, (api.name, change.operation, change.place)))
            yield f"{place}: {change.text} ({change.kind}): {change.why}"
        if len(api.undeclared) > _MOST:
            yield f"{api.name}: and {len(api.undeclared) - _MOST} more, above"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    argparse.ArgumentParser(
        prog="python -m stacks.contract_check",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    ).parse_args(arguments)
    try:
        platform = load_platform(ROOT / "platform.yaml")
        current = public_documents(platform, ROOT)
        place = os.environ.get(PUBLISHED) or None
        judgements = check(ROOT, current, place, retirements(platform))
    except EXPECTED as error:
        sys.exit(f"\n{error}\n")
    write_report(ROOT / "dist" / "contract", judgements)
    warn_of_past_sunsets(platform)
    for compared, judgement in judgements.items():
        # At once, or the errors below would come first in the log of a build.
        print(f"Compared with {compared}:\n\n{report(judgement)}\n", flush=True)
    apis = {api.name for judgement in judgements.values() for api in judgement.apis}
    # An entry may outlive its API by a release, so it is no mistake by itself.
    for sentence in unknown_apis(declarations(ROOT), apis):
        print(f"{CONTRACTS}/{DECLARED}: {sentence}", flush=True)
    lines = [line for judgement in judgements.values() for line in undeclared_lines(judgement)]
    if lines:
        print("\n".join(dict.fromkeys(lines)), _REMEDY, sep="\n", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
