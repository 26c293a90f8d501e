"""Clients that nothing here compiles: every file of them is at least parsed.

Debian has no Swift, and no registry that is used here has OkHttp or Android's classes. A parser
finds broken syntax, such as a name that the language reserves; it finds no wrong type.
"""

from pathlib import Path

import pytest
import tree_sitter_swift
from tree_sitter import Language, Parser

from tests.sdk.programs import JDK, needed, readme_call, run
from tests.sdk.test_packages import APIS


def faults(source: str) -> list[str]:
    """The lines of Swift that its grammar has no place for."""
    # It takes the empty tuple in front of `as!` for the parameters of a function.
    source = source.replace("() as! T", "(void) as! T").replace("()) as! T", "void) as! T")
    waiting = [Parser(Language(tree_sitter_swift.language())).parse(source.encode()).root_node]
    found = []
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            found.append(source.splitlines()[node.start_point.row])
        waiting += node.children
    return found


@pytest.mark.parametrize("api", APIS)
def test_swift(sdk: Path, api: str) -> None:
    files = sorted((sdk / api / "swift").rglob("*.swift"))
    assert len(files) > 10
    found = {file.name: faults(file.read_text()) for file in files}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert faults(readme_call(sdk / api / "swift", "swift")) == []


def test_a_fault_in_swift_is_found() -> None:
    assert faults("struct Food { var class: }") != []


@pytest.mark.parametrize("api", APIS)
def test_android(sdk: Path, api: str, tmp_path: Path) -> None:
    (tmp_path / "Call.java").write_text(readme_call(sdk / api / "android", "java"))
    files = [*sorted((sdk / api / "android").rglob("*.java")), tmp_path / "Call.java"]
    assert len(files) > 10
    parsed(files, tmp_path)


def test_a_fault_in_java_is_found(tmp_path: Path) -> None:
    (tmp_path / "Food.java").write_text("import okhttp3.Call;\nclass Food { Call class; }\n")
    needed("javac", JDK)
    with pytest.raises(AssertionError, match=r"Food.java:2: error: <identifier> expected"):
        parsed([tmp_path / "Food.java"], tmp_path)


def parsed(files: list[Path], folder: Path) -> None:
    """Let the compiler stop before it looks for what is imported."""
    options = ("-proc:none", "--should-stop=ifNoError=PARSE", "-d", str(folder))
    run([needed("javac", JDK), *options, *map(str, files)])
