"""Reads YAML and JSON with CloudFormation's short forms (``!Sub``, ``!GetAtt``, ...).

AWS: "Intrinsic function reference": ``!Ref`` is Ref, ``!Condition`` is Condition, ``!GetAtt a.b``
is Fn::GetAtt with a list, and every other ``!Name`` is Fn::Name.
"""

import json
from pathlib import Path
from typing import Any

import yaml

from gatewright.config.yaml_text import nested_too_deeply
from gatewright.contract.imports.imported import ImportingError
from gatewright.yaml12 import CoreSchemaLoader

_PLAIN = ("Ref", "Condition")


class _Loader(CoreSchemaLoader):
    """The core schema, so that ``NO`` stays a text, and the short forms."""


def read_template(path: Path) -> Any:
    """The values of a file. Raises ImportingError."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ImportingError(f"{path.name} cannot be read: {error}. Name a file of text.") from None
    if text.lstrip().startswith("{"):
        try:
            return json.loads(text)
        except ValueError:
            pass  # YAML may begin with a brace, too
    try:
        if place := nested_too_deeply(text):
            raise ImportingError(
                f"{path.name}:{place[0]}: it is nested too deeply. Write fewer brackets."
            )
        return yaml.load(text, Loader=_Loader)  # noqa: S506  it makes plain values alone
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ImportingError(
            f"{path.name}:{line}: it is no YAML: {error.problem}. Mend that line."
        ) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise ImportingError(f"{path.name}: it is no YAML: {error}. Mend it.") from None


def _short_form(loader: yaml.Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    elif isinstance(node, yaml.MappingNode):
        value = loader.construct_mapping(node, deep=True)
    else:
        value = None
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in _PLAIN else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _short_form)
