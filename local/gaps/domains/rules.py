"""Routing rules, and whether a request meets the conditions of one.

https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Conditions = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of a domain name. ``conditions`` are as CloudFormation writes them."""

    rule_id: str
    priority: int
    conditions: tuple[Mapping[str, Any], ...]
    api_id: str
    stage: str
    strip_base_path: bool


@dataclass(frozen=True)
class Match:
    """The API and stage of a request, what of its path is the API's, and what came before that."""

    api_id: str
    stage: str
    path: str
    base_path: str


def first_match(rules: Iterable[Rule], path: str, headers: Mapping[str, str]) -> Match | None:
    """What the first rule says whose conditions are all met, from the lowest priority on."""
    for rule in sorted(rules, key=lambda rule: rule.priority):
        base_path = _met(rule.conditions, path, headers)
        if base_path is not None:
            stripped = base_path if rule.strip_base_path else ""
            return Match(rule.api_id, rule.stage, path[len(stripped) :] or "/", stripped)
    return None


def _met(conditions: Conditions, path: str, headers: Mapping[str, str]) -> str | None:
    """The base path that was matched, empty without one; None when a condition is not met."""
    found = ""
    for condition in conditions:
        if "MatchBasePaths" in condition:
            bases = (f"/{base}" for base in condition["MatchBasePaths"]["AnyOf"])
            matched = next((b for b in bases if path == b or path.startswith(f"{b}/")), None)
            if matched is None:
                return None
            found = matched
        if "MatchHeaders" in condition:
            wanted = condition["MatchHeaders"]["AnyOf"]
            if not any(_has(headers, one["Header"], one["ValueGlob"]) for one in wanted):
                return None
    return found


def _has(headers: Mapping[str, str], name: str, glob: str) -> bool:
    """Names are the same in any case, values are not; * is anything, nothing else special."""
    pattern = re.compile(".*".join(re.escape(part) for part in glob.split("*")), re.DOTALL)
    return any(
        key.lower() == name.lower() and pattern.fullmatch(str(value)) is not None
        for key, value in headers.items()
    )
