"""What differs between two templates of a stack, in words for people."""

from collections.abc import Mapping
from typing import Any

from gatewright.runtime.variables import RELEASE_VARIABLE

Template = Mapping[str, Any]

_FUNCTION = "AWS::Lambda::Function"
_STAGE = "AWS::ApiGateway::Stage"
_WORDS = {"AWS::ApiGateway::RestApi": "routes"}
# What comes with every release or new contract, and is not worth a word.
_FOLLOWS = (
    "AWS::ApiGateway::Deployment",
    "AWS::Lambda::Alias",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Version",
)
_MOVED_BY_A_RELEASE = ("DeploymentId", "Variables")


def what_changed(old: Template, new: Template) -> str:
    """Like ``code, routes``: the parts that differ, by their words or their type's last one."""
    before, after = old.get("Resources", {}), new.get("Resources", {})
    words: dict[str, None] = {}
    for logical_id in [*before, *(name for name in after if name not in before)]:
        was, is_now = before.get(logical_id), after.get(logical_id)
        if was != is_now:
            words |= dict.fromkeys(_words(was, is_now))
    return ", ".join(words) or "outputs"


def _words(was: Mapping[str, Any] | None, is_now: Mapping[str, Any] | None) -> list[str]:
    kind = (is_now or was or {})["Type"]
    if was and is_now and kind == _FUNCTION:
        return _function_words(was, is_now)
    if kind in _FOLLOWS or (was and is_now and kind == _STAGE and _only_moved(was, is_now)):
        return []
    return [_WORDS.get(kind, kind.rpartition("::")[2])]


def _function_words(was: Mapping[str, Any], is_now: Mapping[str, Any]) -> list[str]:
    words = []
    if was["Properties"]["Code"] != is_now["Properties"]["Code"]:
        words.append("code")
    if _settings(was) != _settings(is_now):
        words.append("function settings")
    return words


def _settings(function: Mapping[str, Any]) -> dict[str, Any]:
    """A function without its code and without the release that follows from everything else."""
    properties = {name: value for name, value in function["Properties"].items() if name != "Code"}
    variables = properties.get("Environment", {}).get("Variables", {})
    kept = {name: value for name, value in variables.items() if name != RELEASE_VARIABLE}
    # The asset's name is in the metadata as well.
    others = {name: value for name, value in function.items() if name != "Metadata"}
    return {**others, "Properties": {**properties, "Environment": kept}}


def _only_moved(was: Mapping[str, Any], is_now: Mapping[str, Any]) -> bool:
    return _unmoved(was) == _unmoved(is_now)


def _unmoved(stage: Mapping[str, Any]) -> dict[str, Any]:
    properties = {
        name: value
        for name, value in stage["Properties"].items()
        if name not in _MOVED_BY_A_RELEASE
    }
    others = {name: value for name, value in stage.items() if name != "DependsOn"}
    return {**others, "Properties": properties}
