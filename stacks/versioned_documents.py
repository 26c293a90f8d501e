"""The public documents with the versions that follow from what `contracts/` records."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gatewright.contract.document import JsonObject
from gatewright.publish.documents import stamped
from gatewright.publish.judging import judge_with
from gatewright.publish.published import read_published
from stacks.contract_check import CONTRACTS

_UNCHANGED = "As recorded in `contracts/`. A release says what changed since the one before."


@dataclass(frozen=True, kw_only=True)
class Versioned:
    """A public document with its `info.version`, and the Markdown that tells what changed."""

    document: JsonObject
    changelog: str


def versioned(documents: Mapping[str, JsonObject], root: Path) -> dict[str, Versioned]:
    """Each of ``documents`` with its version; ``root`` is the folder that holds `contracts/`.

    Raises PublishError and PublishedError for a contract there that cannot be compared with.
    """
    recorded = read_published(str(root / CONTRACTS))
    judge = judge_with(documents, None)
    found = {}
    for api, document in documents.items():
        verdict = judge(api, recorded.get(api), document)
        section = verdict.section if verdict.changes else f"## {verdict.version}\n\n{_UNCHANGED}\n"
        found[api] = Versioned(
            document=stamped(document, verdict.version), changelog=f"# Changelog\n\n{section}"
        )
    return found
