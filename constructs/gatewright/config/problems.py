"""What is wrong with a platform file, in words for the person who mends it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""The way from the top of the file to a value: field names and list indexes."""


@dataclass(frozen=True)
class Problem:
    """One mistake.

    `line` and `column` count from 1, and are None when the file as a whole is wrong. `path` is
    the dotted path of the value, such as `environments.prod.plans[0]`. `remedy` may be empty.
    """

    file: str
    line: int | None
    column: int | None
    path: str
    found: str
    allowed: str
    remedy: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}:{self.column}"
        lines = [f"  {place}  {self.path}".rstrip(), f"    found:   {self.found}"]
        lines.append(f"    allowed: {self.allowed}")
        if self.remedy:
            lines.append(f"    {self.remedy}")
        return "\n".join(lines)


class ConfigError(Exception):
    """A platform file cannot be used. `problems` holds every mistake, in the file's order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.line or 0, p.column or 0)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        header = f"{self.problems[0].file} has {count} {noun}; nothing was written."
        return "\n".join([header, *map(str, self.problems)])


def dotted(path: Path) -> str:
    """Write a path as people do: `environments.prod.plans[0]`, and `tags["a.b"]` for odd names."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif re.fullmatch(r"[\w-]+", step):
            text += f".{step}"
        else:
            text += f'["{step}"]'
    return text.removeprefix(".")
