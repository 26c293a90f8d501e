"""Whether a request template makes what its backend reads, whatever a caller sends."""

import json
import urllib.parse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import airspeed

from gatewright.integrations.flaw import Flaw
from gatewright.integrations.integration import Integration
from gatewright.integrations.targets import HttpTarget, SqsTarget
from gatewright.integrations.vtl.samples import (
    SampleInput,
    SampleUtil,
    UnknownPathError,
    sample_context,
    sample_of,
)

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

_JSON = "application/json"
# Each gets out of its place in another way: by breaking the syntax, and by keeping it.
_HOSTILE = ("'\"\\\n", 'x","y":"z', "x&Action=y")
_ESCAPE = """write "$util.escapeJavaScript(...).replaceAll("\\\\'","'")", or $input.json('$.x')"""
_ENCODE = "write $util.urlEncode(...)"


class _NotReadError(Exception):
    """What a template made is not what its backend reads."""


def rendering_flaws(
    text: str, integration: Integration, operation: "Operation", contract: "Contract"
) -> Iterator[Flaw]:
    """The first of: it does not render, not to JSON, not without optional values, not safely."""
    if isinstance(integration.target, HttpTarget) and text.lstrip()[:1] not in ("{", "["):
        return
    is_form = isinstance(integration.target, SqsTarget)

    def made(sample: str, *, sparse: bool = False) -> Any:
        rendered = _rendered(text, sample, operation, contract, sparse=sparse)
        return _form(rendered) if is_form else _json(rendered)

    kind = "a form" if is_form else "JSON"
    try:
        shape = made("sample")
        yield from _sparse_flaws(made, kind)
        for hostile in _HOSTILE:
            try:
                safe = made(hostile) == shape
            except _NotReadError:
                safe = False
            if not safe:
                reason = f"a value with {hostile!r} in it gets out of its place in {kind}"
                yield Flaw(reason, _ENCODE if is_form else _ESCAPE)
                return
    except _NotReadError as error:
        yield Flaw(f"the template does not make {kind}: {error}", "mend it, or its commas")
    except airspeed.TemplateError as error:
        reason = f"the template does not render: {str(error).splitlines()[-1]}"
        yield Flaw(reason, "use what API Gateway has: methods of texts, lists and maps of Java")
    except UnknownPathError:
        return  # AWS evaluates more JSONPath than a sample does


def _sparse_flaws(made: Any, kind: str) -> Iterator[Flaw]:
    try:
        made("", sparse=True)
    except _NotReadError as error:
        reason = f"without what a request may leave out, the template does not make {kind}: {error}"
        yield Flaw(reason, "write it on a condition, #if(...) ... #end, or in quotes")


def _rendered(
    text: str, sample: str, operation: "Operation", contract: "Contract", *, sparse: bool
) -> str:
    body = operation.body or {"content": {}}
    schema = body["content"].get(_JSON, {}).get("schema", {"type": "object"})
    names = {
        "input": SampleInput(sample, sample_of(schema, contract, sample or "x", sparse=sparse)),
        "util": SampleUtil(),
        "context": sample_context(),
        "stageVariables": dict.fromkeys(contract.stage_variables, "sample"),
    }
    try:
        return str(airspeed.Template(text).merge(names))
    except airspeed.TemplateError as error:
        if isinstance(error.__cause__, UnknownPathError):
            raise error.__cause__ from error
        raise


def _json(text: str) -> Any:
    try:
        return _shape(json.loads(text))
    except ValueError as error:
        raise _NotReadError(f"{error} of what it makes") from None


def _shape(value: Any) -> Any:
    """The names and kinds in a value, without its texts and numbers."""
    if isinstance(value, dict):
        return {name: _shape(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_shape(child) for child in value]
    return type(value).__name__


def _form(text: str) -> Any:
    try:
        fields = urllib.parse.parse_qsl(text.strip(), strict_parsing=True, keep_blank_values=True)
    except ValueError as error:
        raise _NotReadError(str(error)) from None
    return [name for name, _ in fields]
