"""Whether the sources that an integration names are there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gatewright.integrations.attributes import source_schema
from gatewright.integrations.context_names import context_flaw
from gatewright.integrations.flaw import Flaw
from gatewright.integrations.integration import Integration
from gatewright.integrations.sources import FORM, Source, SourceError, parse_source
from gatewright.integrations.stage_variables import stage_variable_flaws
from gatewright.integrations.targets import DocumentTarget, HttpTarget
from gatewright.nearest import did_you_mean

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

_IN = {"path": "path", "query": "query", "header": "header"}


def source_flaws(
    integration: Integration, operation: "Operation", contract: "Contract"
) -> Iterator[Flaw]:
    """A flaw for each source that no request has, and for each unknown variable."""
    target = integration.target
    if isinstance(target, HttpTarget):
        yield from stage_variable_flaws(target.url, contract.stage_variables, "the url")
    if isinstance(target, DocumentTarget):
        url = str(target.definition.get("uri") or "")
        yield from stage_variable_flaws(url, contract.stage_variables, "the uri")
    texts = [*integration.parameters.values(), *getattr(target, "sources", ())]
    texts += [text for text in integration.answer.values() if not text.startswith("result.")]
    for text in dict.fromkeys(texts):
        try:
            source = parse_source(text)
        except SourceError:
            yield Flaw(f"{text!r} is no source", f"write {FORM}")
            continue
        yield from _flaws(source, text, operation, contract)
    for reference in getattr(target, "resources", ()):
        if not reference.startswith("arn:") and reference not in contract.resources:
            guess = did_you_mean(reference, contract.resources)
            known = ", ".join(sorted(contract.resources)) or "nothing"
            remedy = guess or f"declare it in resources of every environment: {known} is declared"
            yield Flaw(f"no environment knows {reference}", remedy)


def _flaws(
    source: Source, text: str, operation: "Operation", contract: "Contract"
) -> Iterator[Flaw]:
    if source.is_parameter:
        yield from _of_parameter(source, text, operation)
    elif source.kind == "context":
        if flaw := context_flaw(source.name):
            yield flaw
    elif source.kind == "stageVariables":
        reference = f"${{stageVariables.{source.name}}}"
        yield from stage_variable_flaws(reference, contract.stage_variables, text)
    elif source.kind == "body":
        if operation.body is None:
            yield Flaw(f"{text} is of a body, and the operation has none", "name a parameter")
        elif source.name and not source_schema(source, operation, contract):
            reason = f"{text} is no property that the contract describes"
            yield Flaw(reason, "describe it in the body of the contract, or name one that is")


def _of_parameter(source: Source, text: str, operation: "Operation") -> Iterator[Flaw]:
    declared = [(item["in"], item["name"]) for item in operation.parameters]
    same = [place for place, name in declared if name == source.name and place in _IN]
    if (source.kind, source.name) not in declared:
        known = [f"{place}.{name}" for place, name in declared if place in _IN]
        remedy = did_you_mean(text, known) or f"declare it in the contract: {', '.join(known)}"
        yield Flaw(f"{text} is no parameter of the operation", remedy.rstrip(": "))
    elif len(same) > 1:
        reason = f"{source.name} is in {' and '.join(same)}, which a template cannot tell apart"
        yield Flaw(reason, "give them names of their own")
