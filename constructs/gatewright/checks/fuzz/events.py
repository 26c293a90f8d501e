"""What schemathesis wrote down of a run: a line of JSON for each event, with every request."""

import base64
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gatewright.checks.fuzz.findings import Finding, Outcome, not_tested

_SENT, _CAME = 1000, 300
_HIDDEN = "[Filtered]"
JsonObject = Mapping[str, Any]


@dataclass
class _Seen:
    """What is counted while the events are read. ``statuses`` are by operation."""

    requests: int = 0
    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    findings: dict[tuple[str, str, str], Finding] = field(default_factory=dict)
    finished: bool = False

    def add(self, found: Finding) -> None:
        key = (found.operation, found.check, found.title)
        before = self.findings.get(key)
        if before is None:
            self.findings[key] = found
            return
        shorter = min(before, found, key=lambda one: len(one.sent))
        self.findings[key] = Finding(**{**vars(shorter), "times": before.times + 1})


def read_events(file: Path, with_credentials: Mapping[str, bool]) -> Outcome:
    """Read the events of a run of one API.

    ``with_credentials`` says of each operation whether it was called with credentials of ours. A
    429 is no finding, unless most requests of an operation got nothing else; and credentials must
    have been taken, or nothing was tested.
    """
    seen = _Seen()
    for line in file.read_text().splitlines():
        if line:
            [(kind, event)] = json.loads(line).items()
            _read(kind, event, seen)
    for operation, statuses in seen.statuses.items():
        for found in not_tested(operation, statuses, with_credentials.get(operation, False)):
            seen.add(found)
    return Outcome(
        requests=seen.requests,
        throttled=sum(statuses[429] for statuses in seen.statuses.values()),
        findings=tuple(seen.findings.values()),
        finished=seen.finished,
    )


def _read(kind: str, event: JsonObject, seen: _Seen) -> None:
    if kind == "ScenarioFinished":
        _read_scenario(event["recorder"], seen)
    elif kind == "NonFatalError":
        seen.add(_error(str(event.get("label") or "-"), event.get("value")))
    elif kind == "FatalError":
        seen.add(_error("-", event.get("exception")))
    elif kind == "EngineFinished":
        seen.finished = True


def _read_scenario(recorder: JsonObject, seen: _Seen) -> None:
    interactions = recorder.get("interactions") or {}
    seen.requests += len(interactions)
    for case_id, checks in (recorder.get("checks") or {}).items():
        sent = interactions.get(case_id) or {}
        status = (sent.get("response") or {}).get("status_code", 0)
        case = recorder["cases"][case_id]["value"]
        seen.statuses.setdefault(f"{case['method']} {case['path']}", Counter())[status] += 1
        for check in checks:
            if check["status"] == "failure" and status != 429:
                seen.add(_finding(check, sent))


def _finding(check: JsonObject, interaction: JsonObject) -> Finding:
    failure = check["failure_info"]["failure"]
    return Finding(
        operation=failure["operation"],
        check=check["name"],
        title=failure["title"],
        reason=failure["message"],
        sent=_sent(interaction.get("request") or {}),
        came=_came(interaction.get("response") or {}),
    )


def _error(label: str, error: Any) -> Finding:
    found = error if isinstance(error, Mapping) else {"type": "Error", "message": str(error)}
    return Finding(
        operation=label, check="request", title=str(found["type"]), reason=str(found["message"])
    )


def _sent(request: JsonObject) -> str:
    headers = [
        f"{name}: {', '.join(values)}"
        for name, values in (request.get("headers") or {}).items()
        if _HIDDEN not in values
    ]
    parts = [f"{request.get('method', '')} {request.get('uri', '')}", *headers]
    body = _text(request.get("body"))
    return "\n".join([*parts, *([body] if body else [])])[:_SENT]


def _came(response: JsonObject) -> str:
    if not response:
        return "no answer"
    return f"{response['status_code']} {_text(response.get('content'))}"[:_CAME]


def _text(content: Any) -> str:
    if isinstance(content, Mapping):
        return base64.b64decode(content.get("$base64", "")).decode(errors="replace")
    return "" if content is None else str(content)
