"""Routing rules are among what is saved."""

from __future__ import annotations

import json
from typing import Any

from local.gaps.domains import store
from local.gaps.domains.rules import Rule

CONDITION = {"MatchBasePaths": {"AnyOf": ["a"]}}
RULE = Rule(
    rule_id="r1",
    priority=1,
    conditions=(CONDITION,),
    api_id="api",
    stage="live",
    strip_base_path=True,
)


def test_they_come_back_as_they_were() -> None:
    store.rules_of("Saved.example.com")["r1"] = RULE
    try:
        state = json.loads(json.dumps(store.saving(dict)()))
        store.forgetting(lambda: None)()
        assert store.rules_of("saved.example.com") == {}
        loaded: list[Any] = []
        store.restoring(loaded.append)(state)
        assert store.rules_of("saved.example.com") == {"r1": RULE}
        assert loaded == [state]
    finally:
        store.forgetting(lambda: None)()
