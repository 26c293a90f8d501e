"""The table of rules for people: ``python -m gatewright.compare.rules.markdown`` prints it."""

from gatewright.compare.direction import DIRECTIONS
from gatewright.compare.rules import RULES, SECTIONS
from gatewright.compare.rules.rule import Rule


def rules_as_markdown() -> str:
    """Every kind of change once, in the order of the table. A fact of schemas is one row."""
    lines: list[str] = []
    for title, rules in SECTIONS.items():
        if title != "Schemas":
            lines += [f"### {title}", "", "| kind | verdict | why |", "|---|---|---|"]
            lines += [f"| `{rule.kind}` | {_verdict(rule)} | {rule.why} |" for rule in rules]
            lines.append("")
    lines += ["### Schemas", "", "| `request-` or `response-` | what | request | response |"]
    lines.append("|---|---|---|---|")
    facts = dict.fromkeys(_fact(rule.kind) for rule in SECTIONS["Schemas"])
    lines += [_row(fact) for fact in facts]
    return "\n".join(lines) + "\n"


def _row(fact: str) -> str:
    found = [RULES.get(f"{direction}-{fact}") for direction in DIRECTIONS]
    what = next(rule.what for rule in found if rule)
    cells = " | ".join(_verdict(rule) if rule else "" for rule in found)
    return f"| `{fact}` | {what} | {cells} |"


def _fact(kind: str) -> str:
    for direction in DIRECTIONS:
        kind = kind.removeprefix(f"{direction}-")
    return kind


def _verdict(rule: Rule) -> str:
    return f"**{rule.verdict}**" if rule.verdict == "breaking" else rule.verdict


if __name__ == "__main__":
    print(rules_as_markdown(), end="")
