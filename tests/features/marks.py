"""Reads ``@pytest.mark.proves("...")`` from the tests, without importing them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1]

# By the folder of the tests: where a feature has been seen. What is seen on the embedded AWS is
# worth more, so it is named first.
PLACES = {"local": "embedded AWS", "templates": "template only"}


@dataclass(frozen=True)
class Proof:
    """A test that shows a feature; ``test`` as pytest takes it: ``tests/.../test_x.py::test``."""

    feature: str
    place: str
    test: str


def proofs() -> list[Proof]:
    """Every proof, in the order of files and of lines."""
    return [
        proof
        for folder, place in PLACES.items()
        for file in sorted((TESTS / folder).rglob("test_*.py"))
        for proof in _of_file(file, place)
    ]


def _of_file(file: Path, place: str) -> Iterator[Proof]:
    name = file.relative_to(TESTS.parent).as_posix()
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            for feature in _features(node):
                yield Proof(feature, place, f"{name}::{node.name}")


def _features(node: ast.FunctionDef) -> Iterator[str]:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.proves":
            for argument in decorator.args:
                yield str(ast.literal_eval(argument))
