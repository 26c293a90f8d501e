"""From a JSON text (RFC 8259) to values with lines."""

import json
import re

from gatewright.contract.spec_first.failures import UnreadableError
from gatewright.contract.spec_first.tree import TreeBuilder

_PART = re.compile(r'\n|"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def parse_json(text: str) -> TreeBuilder:
    """The values of a JSON text. Raises UnreadableError."""
    _check(text)
    tree, line = TreeBuilder(), 1
    for match in _PART.finditer(text):
        part = match.group()
        if part == "\n":
            line += 1
        elif part in "{[":
            tree.open({} if part == "{" else [], line)
        elif part in "}]":
            tree.close()
        elif part not in ",:":
            value = part[1:-1] if part[0] == '"' and "\\" not in part else json.loads(part)
            if tree.wants_name:
                tree.name(value, line)
            else:
                tree.scalar(value, line)
    return tree


def _check(text: str) -> None:
    """The standard library reads the grammar, and tells no lines of what is well."""
    try:
        json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        reason = f"no valid JSON: {error.msg}"
        raise UnreadableError(reason, "mend that line", error.lineno) from None
    except RecursionError:
        reason = "its values are inside one another too deep"
        raise UnreadableError(reason, "name the inner ones as components") from None
    except ValueError as error:
        raise UnreadableError(f"no valid JSON: {error}", "write another value") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")
