"""What a reviewer reads: what changed, where, why it breaks, and what to do."""

from collections.abc import Iterator

from gatewright.compare.canonical import listed
from gatewright.compare.change import Verdict
from gatewright.compare.grouping import Group, grouped
from gatewright.compare.judgement import JudgedApi, Judgement
from gatewright.compare.remedies import compatible_way, declaration

_VERDICTS: tuple[Verdict, ...] = ("breaking", "compatible", "documentation")
_MOST = 3
_MOST_DECLARED = 10


def report(judgement: Judgement) -> str:
    """The report of all APIs."""
    return "\n\n".join("\n".join(_api(api)) for api in judgement.apis)


def _api(api: JudgedApi) -> Iterator[str]:
    groups = grouped(api.changes)
    undeclared = set(api.undeclared)
    open_groups = [group for group in groups if not undeclared.isdisjoint(group.changes)]
    still_open = {id(group) for group in open_groups}
    yield f"{api.name}: {_verdict(api, len(open_groups))}"
    for verdict in _VERDICTS:
        of_it = [group for group in groups if group.first.verdict == verdict]
        if of_it:
            yield f"\n  {verdict}"
        for group in of_it:
            yield from _group(group, declared=id(group) not in still_open)
    for entry in api.unmatched:
        what = f"{entry.kind} {entry.operation} {entry.place}".strip()
        yield f"\n  line {entry.line} declares {what}, which is no change from these contracts."
        yield "    Keep it until the release that has it is out, and then remove it."
    if open_groups:
        yield from _remedies(api, open_groups)


def _verdict(api: JudgedApi, undeclared: int) -> str:
    if not api.changes:
        return f"nothing changed, and it stays {api.version}"
    version = f"the next version is {api.version}" if api.version else "it is not released again"
    if undeclared:
        noun = "breaking change is" if undeclared == 1 else "breaking changes are"
        return f"{undeclared} {noun} not declared; declared, {version}"
    verdicts = {change.verdict for change in api.changes}
    if "breaking" in verdicts:
        return f"breaking, as declared; {version}"
    words = "compatible" if "compatible" in verdicts else "only documentation changed"
    return f"{words}; {version}"


def _group(group: Group, *, declared: bool) -> Iterator[str]:
    change = group.first
    yield f"    {_headline(group)}"
    yield f"      {change.kind}" + (f" at {change.pointer}" if change.pointer else "")
    if operations := group.operations:
        yield f"      in:  {_counted(operations)}"
    if group.is_shared and group.places:
        yield f"      as:  {listed(list(group.places), _MOST, '; ')}"
    if change.verdict != "documentation":
        yield f"      why: {change.why}"
    if change.verdict == "breaking":
        yield "      it is declared" if declared else f"      or:  {compatible_way(group)}"


def _headline(group: Group) -> str:
    text, subject = group.first.text, group.subject
    return text if not subject or text.startswith(subject) else f"{subject}: {text}"


def _counted(operations: tuple[str, ...]) -> str:
    if len(operations) <= _MOST:
        return ", ".join(operations)
    return f"{len(operations)} operations ({', '.join(operations[:_MOST])} and others)"


def _remedies(api: JudgedApi, groups: list[Group]) -> Iterator[str]:
    served = api.name.rpartition("-")[2]
    yield "\n  One of these helps:"
    yield "  - make it compatible: each change says how, after `or:`"
    yield f"  - serve it as a new API version, beside {served}: a folder and lines of platform.yaml"
    yield "  - declare it in contracts/breaking.yaml, with a reason; the version is a major one:\n"
    for line in declaration(api.name, groups[:_MOST_DECLARED]).splitlines():
        yield f"      {line}"
    if len(groups) > _MOST_DECLARED:
        yield f"      # and {len(groups) - _MOST_DECLARED} more: --json has them all"
