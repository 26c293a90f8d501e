"""Operation ids that SDKs, logs and usage plans can name an operation by."""

import re

from gatewright.contract.spec_first.findings import Findings
from gatewright.contract.spec_first.node import Node


class OperationIds:
    """Gives each operation an id of its own, near to what was written."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._taken: set[str] = set()

    def give(self, node: Node, method: str, path: str) -> str:
        """The id of the operation at ``node``: letters, digits and underscores, no digit first."""
        written = node.get("operationId")
        base = _word(str(written)) if written else _word(f"{method.lower()} {path}")
        found = base
        number = 2
        while found in self._taken:
            found, number = f"{base}_{number}", number + 1
        self._taken.add(found)
        if written is None:
            self._findings.note("rewritten", node, f"without an operationId, it is called {found}")
        elif found != written:
            text = f"the operationId {written!r} is {found}: a name of letters, digits and _, once"
            self._findings.note("rewritten", node, text)
        return found


def _word(text: str) -> str:
    word = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_") if not _is_word(text) else text
    return word if word and not word[0].isdigit() else f"operation_{word}".rstrip("_")


def _is_word(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", text) is not None
