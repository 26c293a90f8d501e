"""References that lead to nothing here: to other files, or nowhere. Those of schemas are told where
schemas are compared.

What they name may have changed, and nothing in the two documents would say so.
"""

from collections.abc import Iterator

from gatewright.compare.change import CANNOT_BE_COMPARED
from gatewright.compare.context import Context
from gatewright.compare.finding import Finding
from gatewright.compare.operations import Operation
from gatewright.compare.source import Located, Source, reference_of


def unfollowed_of_the_api(context: Context) -> Iterator[Finding]:
    """Paths that are somewhere else."""
    source = context.new
    paths = source.at("paths")
    for path in paths.value:
        yield from _finding(source, paths.child(path), f"path {path}")


def unfollowed_of_an_operation(
    context: Context, old: Operation, new: Operation
) -> Iterator[Finding]:
    """Parameters, bodies, answers and headers that are somewhere else, in either document."""
    found = {finding.text: finding for finding in _of(context.new, new)}
    for finding in _of(context.old, old):
        found.setdefault(finding.text, finding)
    yield from found.values()


def _of(source: Source, operation: Operation) -> Iterator[Finding]:
    own = operation.located
    for holder in (operation.item, own):
        parameters = source.sequence(holder.child("parameters"))
        for index in range(len(parameters.value)):
            yield from _finding(source, parameters.child(index), "parameters")
    yield from _finding(source, own.child("requestBody"), "request body")
    responses = source.mapping(own.child("responses"))
    for status in responses.value:
        place = f"response {status}"
        yield from _finding(source, responses.child(status), place)
        response = source.mapping(source.follow(responses.child(status)))
        headers = source.mapping(response.child("headers"))
        for name in headers.value:
            yield from _finding(source, headers.child(name), f"{place}, header {name}")


def _finding(source: Source, located: Located, place: str) -> Iterator[Finding]:
    last = source.follow(located)
    reference = reference_of(last.value)
    if reference is not None:
        text = f"$ref {reference} cannot be followed"
        yield Finding(CANNOT_BE_COMPARED, place, text, last.pointer, source.side)
