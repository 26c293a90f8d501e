"""The variables and functions that a template names, and those that API Gateway has."""

import re
from collections.abc import Collection, Iterator

from gatewright.integrations.context_names import context_flaw
from gatewright.integrations.flaw import Flaw
from gatewright.integrations.stage_variables import RESERVED
from gatewright.nearest import did_you_mean

# AWS: "Mapping template transformations": $input variables and $util variables.
INPUT = ("body", "json", "params", "path")
UTIL = ("base64Decode", "base64Encode", "escapeJavaScript", "parseJson", "urlDecode", "urlEncode")

_COMMENT = re.compile(r"##[^\n]*|#\*.*?\*#", re.DOTALL)
_REFERENCE = re.compile(
    r"""\$!?\{?(context|input|util|stageVariables)\b
        ((?:\.get\(['"][^'"]+['"]\)|\.[A-Za-z_][A-Za-z0-9_-]*|\[['"][^'"]+['"]\])*)(\()?""",
    re.VERBOSE,
)
_PART = re.compile(r"\.get\(['\"]([^'\"]+)['\"]\)|\.([A-Za-z0-9_-]+)|\[['\"]([^'\"]+)['\"]\]")


def name_flaws(text: str, stage_variables: Collection[str]) -> Iterator[tuple[int, Flaw]]:
    """Each unknown name once, with its line."""
    told: set[str] = set()
    plain = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    for match in _REFERENCE.finditer(plain):
        parts = ["".join(found) for found in _PART.findall(match[2])]
        flaw = _flaw(match[1], parts, stage_variables, called=bool(match[3]))
        if flaw and flaw.reason not in told:
            told.add(flaw.reason)
            yield plain.count("\n", 0, match.start()) + 1, flaw


def _flaw(
    variable: str, parts: list[str], stage_variables: Collection[str], *, called: bool
) -> Flaw | None:
    if not parts:
        return None
    if variable == "context":
        # What is called is a method of Java's: $context.identity.sourceIp.replaceAll(...).
        named = parts[:-1] if called else parts
        return context_flaw(".".join(named)) if named else None
    if variable == "stageVariables":
        known: Collection[str] = (*stage_variables, RESERVED)
        remedy = f"declare {parts[0]} in the stage_variables of the version"
        return _unknown(parts[0], known, "the version declares no stage variable", remedy)
    known = INPUT if variable == "input" else UTIL
    return _unknown(parts[0], known, f"API Gateway has no ${variable}.", f"use {', '.join(known)}")


def _unknown(name: str, known: Collection[str], reason: str, remedy: str) -> Flaw | None:
    if name in known:
        return None
    gap = "" if reason.endswith(".") else " "
    return Flaw(f"{reason}{gap}{name}", did_you_mean(name, known) or remedy)
