"""From a YAML 1.2 text to values with lines, plain words read by the core schema."""

from typing import Any

import yaml
from yaml.reader import Reader

from gatewright import yaml12
from gatewright.contract.spec_first.failures import UnreadableError
from gatewright.contract.spec_first.tree import TreeBuilder

_WORDS = {"true": True, "false": False}


def parse_yaml(text: str) -> TreeBuilder:
    """The values of a YAML text. Raises UnreadableError."""
    if unprintable := Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, unprintable.start()) + 1
        reason = f"the control character U+{ord(unprintable.group()):04X}"
        raise UnreadableError(reason, "delete the character", line)
    tree = TreeBuilder()
    documents = 0
    try:
        # Events, since nodes would be made of what is too deep, or too much, before it is seen.
        for event in yaml.parse(text, Loader=yaml12.CoreSchemaLoader):
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise UnreadableError("a second document", "one document in a file", _line(event))
            _take(tree, event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise UnreadableError(f"no valid YAML: {error.problem}", "mend that line", line) from None
    except yaml.YAMLError as error:
        raise UnreadableError(f"no valid YAML: {error}", "mend the file") from None
    return tree


def _take(tree: TreeBuilder, event: Any) -> None:
    if isinstance(event, yaml.ScalarEvent):
        line = _line(event)
        if tree.wants_name:
            tree.name(event.value, line)
        else:
            plain = event.implicit[0]
            value = _plain(event.value, line) if plain else event.value
            tree.scalar(value, line, event.anchor)
    elif isinstance(event, yaml.MappingStartEvent):
        tree.open({}, _line(event), event.anchor)
    elif isinstance(event, yaml.SequenceStartEvent):
        tree.open([], _line(event), event.anchor)
    elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        tree.close()
    elif isinstance(event, yaml.AliasEvent):
        tree.alias(str(event.anchor), _line(event))


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1


def _plain(text: str, line: int) -> Any:
    tags = yaml12.CoreSchemaLoader.yaml_implicit_resolvers[None]
    match next((tag for tag, pattern in tags if pattern.match(text)), None):
        case yaml12.NULL:
            return None
        case yaml12.BOOL:
            return _WORDS[text.lower()]
        case yaml12.INT:
            try:
                return int(text)
            except ValueError:  # it refuses thousands of digits
                remedy = "write a shorter one"
                raise UnreadableError("a number of too many digits", remedy, line) from None
        case yaml12.FLOAT:
            return float(text)
    return text
