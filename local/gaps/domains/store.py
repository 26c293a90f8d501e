"""The routing rules of each domain name, kept with the state of API Gateway."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from local.gaps.domains.rules import Rule
from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"
_KEY = "routing_rules"

_rules: dict[str, dict[str, Rule]] = {}


def rules_of(domain: str) -> dict[str, Rule]:
    """The rules of a domain name by their ids; they may be changed."""
    return _rules.setdefault(domain.lower(), {})


def saving(original: Function) -> Function:
    """Add them to what is saved."""

    def get_state() -> dict[str, Any]:
        kept = {domain: [asdict(rule) for rule in own.values()] for domain, own in _rules.items()}
        return {**original(), _KEY: kept}

    return get_state


def restoring(original: Function) -> Function:
    """Bring them back."""

    def load(data: dict[str, Any]) -> Any:
        for domain, records in (data or {}).get(_KEY, {}).items():
            for record in records:
                rule = Rule(**{**record, "conditions": tuple(record["conditions"])})
                rules_of(domain)[rule.rule_id] = rule
        return original(data)

    return load


def forgetting(original: Function) -> Function:
    """Forget them with everything else."""

    def reset() -> Any:
        _rules.clear()
        return original()

    return reset


PATCHES = (
    Patch(API, "get_state", saving),
    Patch(API, "load_persisted_state", restoring),
    Patch(API, "reset", forgetting),
)
