"""The judgement for programs."""

from dataclasses import asdict
from typing import Any

from gatewright.compare.change import Change
from gatewright.compare.judgement import JudgedApi, Judgement


def as_json(judgement: Judgement) -> dict[str, Any]:
    """A plain value: ``holds``, and ``apis`` by name.

    Each API has ``published`` and ``version``, its versions before and after, either of them null;
    ``holds``; ``changes``, each with the fields of ``Change`` and ``declared``; and ``unmatched``,
    declarations of what did not happen.
    """
    return {
        "holds": judgement.holds,
        "apis": {api.name: _api(api) for api in judgement.apis},
    }


def _api(api: JudgedApi) -> dict[str, Any]:
    return {
        "published": api.published,
        "version": api.version,
        "holds": not api.undeclared,
        "changes": [_change(change, api) for change in api.changes],
        "unmatched": [asdict(entry) for entry in api.unmatched],
    }


def _change(change: Change, api: JudgedApi) -> dict[str, Any]:
    declared = change.verdict == "breaking" and change not in api.undeclared
    return {**asdict(change), "declared": declared}
