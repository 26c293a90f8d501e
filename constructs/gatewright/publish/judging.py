"""How contracts differ from what was published, for the next version and its changelog."""

import re
from collections.abc import Mapping
from pathlib import Path

from gatewright.compare import CompareError, changelog, compare, differences, judge, read_declared
from gatewright.compare.declared import Declarations
from gatewright.config.problems import ConfigError
from gatewright.contract.document import JsonObject
from gatewright.publish.errors import PublishError
from gatewright.publish.plan import Judge, Verdict

_API = re.compile(r"(?P<service>.+)-v(?P<number>[0-9]+)")


def judge_with(documents: Mapping[str, JsonObject], declared: Path | None) -> Judge:
    """What judges each of ``documents``; the others are there to tell what a new one differs from.

    ``declared`` is the file of written-down breaking changes; where it is not there, none is.
    Raises PublishError where it cannot be read, as the judge does for what cannot be compared.
    """
    known = _declared(declared)

    def judged(api: str, earlier: JsonObject | None, document: JsonObject) -> Verdict:
        try:
            return _verdict(api, earlier, document, known, documents)
        except CompareError as error:
            raise PublishError(f"{error}. Nothing was published.") from None

    return judged


def predecessor(api: str, names: Mapping[str, JsonObject]) -> str | None:
    """The API version before this one, of the same service; None for the first."""
    found = _API.fullmatch(api)
    if not found:
        return None
    others = [other for name in names if (other := _API.fullmatch(name))]
    before = [
        int(other["number"])
        for other in others
        if other["service"] == found["service"] and int(other["number"]) < int(found["number"])
    ]
    return f"{found['service']}-v{max(before)}" if before else None


def _verdict(
    api: str,
    earlier: JsonObject | None,
    document: JsonObject,
    declared: Declarations,
    documents: Mapping[str, JsonObject],
) -> Verdict:
    (judged,) = judge({api: earlier} if earlier else {}, {api: document}, declared).apis
    version = str(judged.version)
    return Verdict(
        before=judged.published,
        version=version,
        changes=len(judged.changes),
        section=changelog(version, judged.changes)
        if earlier
        else _first(api, version, document, documents),
        undeclared=tuple(
            f"{change.kind}: {change.operation} {change.place}: {change.text}"
            for change in judged.undeclared
        ),
    )


def _first(
    api: str, version: str, document: JsonObject, documents: Mapping[str, JsonObject]
) -> str:
    """The section of a first release."""
    before = predecessor(api, documents)
    if before is None:
        return f"## {version}\n\nThe first release.\n"
    name = before.rpartition("-")[2]
    return differences(version, name, compare(documents[before], document))


def _declared(file: Path | None) -> Declarations:
    if file is None or not file.exists():
        return {}
    try:
        return read_declared(file)
    except ConfigError as error:
        raise PublishError(str(error)) from None
