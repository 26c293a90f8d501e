"""The report: one file, escaped, with links to what lies beside it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from local.rehearsal.execution import State
from local.rehearsal.html_report import HtmlReport, report, write_report
from local.rehearsal.report_view import bar
from tests.unit.local.rehearsal.executions import at, begun, execution, rollback


class Document(HTMLParser):
    """Links, classes and texts of a report, and whether its tags close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.sources: list[str] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.links += [named["href"] or ""] if "href" in named else []
        self.sources += [named["src"] or ""] if "src" in named else []
        if tag not in ("meta", "link", "br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


def test_it_needs_no_network(tmp_path: Path) -> None:
    text = report([execution(tmp_path), rollback()], tmp_path)
    document = Document(text)
    assert document.open == []
    assert document.sources == []
    assert not re.search(r"https?:|@import|url\(", text)
    assert all(not link.startswith("/") for link in document.links)


def test_what_people_wrote_is_escaped() -> None:
    told = execution(fails_in="Beta")
    told.stages[2].actions[-1].reason = "</pre><script>alert(1)</script>"
    text = report([told], Path())
    assert "<script" not in text
    assert "Count <b>every</b> call" in Document(text).texts
    assert "</pre><script>alert(1)</script>" in Document(text).texts


def test_logs_and_artifacts_are_linked(tmp_path: Path) -> None:
    told = execution(tmp_path / "executions" / "a b")
    (tmp_path / "executions" / "a b" / "Build" / "Synth" / "cloud assembly.zip").touch()
    (tmp_path / "executions" / "a b" / "Build" / "Synth" / "main.py").touch()
    write_report([told], tmp_path / "report.html")
    document = Document((tmp_path / "report.html").read_text())
    assert "executions/a%20b/Build/Synth/log.txt" in document.links
    assert "executions/a%20b/Build/Synth/cloud%20assembly.zip" in document.links
    assert not any("main.py" in link for link in document.links)


def test_a_failure_has_its_reason_and_what_was_not_reached(tmp_path: Path) -> None:
    texts = " ".join(Document(report([execution(tmp_path, fails_in="Beta")], tmp_path)).texts)
    assert "✗ failed in Beta" in texts
    assert "Beta / Load failed after 2.0 s" in texts
    assert "p99 was 412 ms\nand 250 ms is allowed" in texts
    assert "Not reached: Prod." in texts
    assert "Log of" not in texts


def test_it_says_what_a_rehearsal_cannot_know() -> None:
    texts = Document(report([execution()], Path())).texts
    for what in ("IAM in your accounts", "Connections", "Quotas", "CodeBuild's image"):
        assert what in texts


def test_it_is_light_and_dark() -> None:
    assert "prefers-color-scheme: dark" in report([execution()], Path())


@pytest.mark.parametrize(
    ("began", "ended", "expected"),
    [(0, 2, (0.0, 20.0)), (8, 10, (80.0, 20.0)), (5, 5, (50.0, 0.4)), (10, 10, (99.6, 0.4))],
)
def test_a_bar_is_where_its_time_was(
    began: float, ended: float, expected: tuple[float, float]
) -> None:
    told = execution()
    action = told.stages[0].actions[0]
    action.began, action.ended = at(began), at(ended)
    assert bar(told, action) == expected


def test_a_bar_of_what_still_runs_reaches_the_end() -> None:
    told = execution()
    action = told.stages[3].actions[0]
    told.ended = action.ended = None
    told.stages[2].actions[1].ended = at(10)
    assert bar(told, action) == (80.0, 20.0)
    assert bar(begun(), begun().stages[0].actions[0]) == (None, 0.0)


def test_it_is_there_as_soon_as_an_execution_began(tmp_path: Path) -> None:
    file, told = tmp_path / "report.html", begun(tmp_path)
    observer = HtmlReport(file)
    observer.execution_changed(told)
    assert "in progress" in file.read_text()
    done = execution()
    told.stages, told.state, told.ended = done.stages, State.SUCCEEDED, done.ended
    observer.stage_changed(told, told.stages[0])
    assert "in progress" not in file.read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
