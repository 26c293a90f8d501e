"""Every mistake of a file is in one report, in the file's order, and nothing is written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gatewright.config import ConfigError, load_platform
from tests.unit.config.conftest import edited


def test_unrelated_mistakes_and_references_are_reported_together(
    platform_file: Callable[..., Path],
) -> None:
    file = platform_file(
        edited(
            ("us-east-1", "useast"),
            ("plans: [standard]", "plans: [standrad]"),
            ("memory_mb: 512", "memory: 512"),
            ("orders-v2]", "order-v2]"),
            ("rate: 50", "rate: 500"),
        )
    )
    with pytest.raises(ConfigError) as caught:
        load_platform(file)
    assert [(p.line, p.column, p.path) for p in caught.value.problems] == [
        (6, 13, "environments.local.region"),
        (12, 13, "environments.prod.plans[0]"),
        (22, 9, "services.foods.versions.v1.memory"),
        (31, 22, "plans.demo.apis[1]"),
        (38, 12, "plans.standard.burst"),
    ]
    assert [entry.name for entry in file.parent.iterdir()] == ["platform.yaml"]


def test_the_report_reads_as_documented(platform_file: Callable[..., Path]) -> None:
    file = platform_file(
        edited(("plans: [standard]", "plans: [standrad]"), ("burst: 40", "burst: x"))
    )
    with pytest.raises(ConfigError) as caught:
        load_platform(file)
    assert str(caught.value) == (
        f"{file} has 2 problems; nothing was written.\n"
        f"  {file}:12:13  environments.prod.plans[0]\n"
        "    found:   'standrad'\n"
        "    allowed: demo, standard\n"
        "    did you mean 'standard'?\n"
        f"  {file}:33:12  plans.demo.burst\n"
        "    found:   'x'\n"
        "    allowed: a whole number of requests from 1 to 2147483647"
    )


def test_a_misspelt_declaration_does_not_blame_those_that_name_it(
    refused: Callable[[str], ConfigError],
) -> None:
    error = refused(edited(("      v1:", "      V1:"), ("  standard:", "  Standard:")))
    assert [p.path for p in error.problems] == ["services.foods.versions.V1", "plans.Standard"]


def test_missing_services_do_not_blame_the_plans(refused: Callable[[str], ConfigError]) -> None:
    text = edited()
    start, end = text.index("services:"), text.index("\nplans:") + 1
    (problem,) = refused(text[:start] + text[end:]).problems
    assert problem.path == "services"


def test_a_long_value_is_shortened(refused: Callable[[str], ConfigError]) -> None:
    (problem,) = refused(edited(("us-east-1", "x" * 500))).problems
    assert len(problem.found) < 120
    assert problem.found.endswith("... (500 characters)")
