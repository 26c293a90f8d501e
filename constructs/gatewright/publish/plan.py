"""What is to be published of each API, found out before anything is written."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gatewright.contract.document import JsonObject
from gatewright.publish.changelog import stacked
from gatewright.publish.documents import stamped
from gatewright.publish.errors import PublishError
from gatewright.publish.names import Names
from gatewright.publish.place import Place

_SEMANTIC = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How a contract differs from an earlier one, whose version was ``before``, None without one.

    ``section`` is the changelog's, `## <version>` first; ``undeclared`` the breaking changes that
    nobody wrote down, a line for each.
    """

    before: str | None
    version: str
    changes: int
    section: str
    undeclared: tuple[str, ...] = ()


Judge = Callable[[str, JsonObject | None, JsonObject], Verdict]
"""Judges an API's contract: its name, the earlier document or None, and the new one."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be done for one API.

    ``before`` is the version that this one follows, None for the first, and ``changes`` how many
    there are. ``document`` has the version in it. ``languages`` are those whose SDKs are to be
    made, ``done`` those that are there already.
    """

    api: str
    before: str | None
    version: str
    changes: int
    document: JsonObject
    changelog: str
    languages: tuple[str, ...]
    done: Mapping[str, tuple[str, ...]]
    undeclared: tuple[str, ...]

    @property
    def line(self) -> str:
        """What is told of it."""
        if self.before is None:
            return f"{self.api} {self.version}: the first release"
        if self.before != self.version:
            many = f"{self.changes} change{'s' if self.changes > 1 else ''}"
            return f"{self.api} {self.version}: {many} since {self.before}"
        if self.languages:
            return f"{self.api} {self.version}: unchanged; to do: {', '.join(self.languages)}"
        return f"{self.api} {self.version}: unchanged"


@dataclass(frozen=True, kw_only=True)
class Planner:
    """``published`` are the contracts of the last release by API, ``languages`` the wanted ones."""

    place: Place
    published: Mapping[str, JsonObject]
    languages: tuple[str, ...]
    judge: Judge

    def plan(self, api: str, document: JsonObject) -> Plan:
        """The plan for one API. Raises PublishError where what was published cannot be read."""
        names = Names(api)
        begun = self._json(names.begun) or {}
        earlier = self._earlier(api, begun.get("contract"))
        verdict = self.judge(api, earlier, document)
        done = self._done(names, verdict.version)
        return Plan(
            api=api,
            before=verdict.before,
            version=verdict.version,
            changes=verdict.changes,
            document=stamped(document, verdict.version),
            changelog=self._changelog(names, begun, verdict),
            languages=tuple(language for language in self.languages if language not in done),
            done=done,
            undeclared=verdict.undeclared,
        )

    def _earlier(self, api: str, begun: JsonObject | None) -> JsonObject | None:
        """The newest contract that callers may have an SDK of.

        That is the last release's, unless a later one stopped halfway: its packages are out, and
        the next version must not have the same number.
        """
        known = [document for document in (self.published.get(api), begun) if document]
        return max(known, key=_numbers, default=None)

    def _done(self, names: Names, version: str) -> dict[str, tuple[str, ...]]:
        """The files of each language that is published completely in this version."""
        latest = self._json(names.done) or {}
        if latest.get("version") != version:
            return {}
        files: list[str] = latest.get("packages", [])
        return {
            language: tuple(file for file in files if file.startswith(f"{language}/"))
            for language in latest.get("languages", [])
        }

    def _changelog(self, names: Names, begun: JsonObject, verdict: Verdict) -> str:
        earlier = begun.get("changelog") or (self.place.read(names.changelog) or b"").decode()
        if earlier and verdict.before == verdict.version:
            return str(earlier)
        return stacked(verdict.section, verdict.version, earlier)

    def _json(self, name: str) -> JsonObject | None:
        content = self.place.read(name)
        if content is None:
            return None
        try:
            found: JsonObject = json.loads(content)
            found.keys()
        except (ValueError, AttributeError):
            raise PublishError(
                f"{name} at the place of publication is not JSON as a release writes it. Restore "
                "an earlier version of it."
            ) from None
        return found


def _numbers(document: JsonObject) -> tuple[int, ...]:
    """The version, to be compared. Releases without SDKs wrote the API version, as v1."""
    version = str(document.get("info", {}).get("version"))
    return tuple(map(int, version.split("."))) if _SEMANTIC.fullmatch(version) else ()
