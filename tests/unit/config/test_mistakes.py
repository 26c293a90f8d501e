"""One mistake in a valid file is one problem, at its line, with what is allowed and a remedy."""

from collections.abc import Callable

import pytest

from gatewright.config import ConfigError
from tests.unit.config import (
    mistakes_apps,
    mistakes_authorizers,
    mistakes_deployed,
    mistakes_endpoints,
    mistakes_integrations,
    mistakes_lifecycles,
    mistakes_plans,
    mistakes_releases,
    mistakes_stages,
    mistakes_structure,
)
from tests.unit.config.conftest import VALID, Edit, edited

MISTAKES = [
    *mistakes_apps.MISTAKES,
    *mistakes_authorizers.MISTAKES,
    *mistakes_deployed.MISTAKES,
    *mistakes_endpoints.MISTAKES,
    *mistakes_integrations.MISTAKES,
    *mistakes_lifecycles.MISTAKES,
    *mistakes_plans.MISTAKES,
    *mistakes_releases.MISTAKES,
    *mistakes_stages.MISTAKES,
    *mistakes_structure.MISTAKES,
]


@pytest.mark.parametrize(
    ("edit", "line", "path", "allowed", "remedy"),
    [pytest.param(*case[1:], id=case[0]) for case in MISTAKES],
)
def test_one_mistake_is_one_problem_with_its_place_and_remedy(
    refused: Callable[[str], ConfigError],
    edit: Edit,
    line: int,
    path: str,
    allowed: str,
    remedy: str,
) -> None:
    error = refused(edited(edit))
    assert [(p.line, p.path) for p in error.problems] == [(line, path)], str(error)
    assert allowed in error.problems[0].allowed
    assert remedy in error.problems[0].remedy
    assert bool(remedy) == bool(error.problems[0].remedy)
    assert "Input should" not in str(error)


EMPTY_SECTIONS = [
    ("environments", VALID[VALID.index("environments:") : VALID.index("services:")], 3),
    ("services", VALID[VALID.index("services:") : VALID.index("\nplans:") + 1], 16),
]


@pytest.mark.parametrize(
    ("name", "section", "line"), EMPTY_SECTIONS, ids=["environments", "services"]
)
def test_the_sections_that_a_platform_needs_may_not_be_empty(
    refused: Callable[[str], ConfigError], name: str, section: str, line: int
) -> None:
    (problem,) = refused(edited((section, f"{name}: {{}}\n"))).problems
    assert (problem.line, problem.path) == (line, name)
    assert (problem.found, problem.allowed) == ("an empty mapping", "at least one")


def test_hyphens_may_not_give_two_stacks_one_name(refused: Callable[[str], ConfigError]) -> None:
    text = edited(
        ("  prod:", "  local-foods:"),
        ("  orders:", "  foods-bar:"),
        ("orders-v2", "foods-bar-v2"),
        ("title: Foods", "title: Foods"),
    ).replace("  foods-bar:\n", "  bar:\n    versions: {v1: {routes: a.b:c}}\n  foods-bar:\n")
    (problem,) = refused(text).problems
    assert (problem.line, problem.path) == (9, "environments.local-foods")
    assert "'local-foods-bar-...' of service 'bar' here" in problem.found
    assert "service 'foods-bar' in environment 'local'" in problem.found
    assert problem.remedy == "rename the environment or a service"


def test_a_resource_is_declared_in_every_environment(
    refused: Callable[[str], ConfigError],
) -> None:
    arn = '"arn:aws:sqs:{region}:{account}:orders"'
    text = edited(("    build_for: host\n", f"    build_for: host\n    resources: {{q: {arn}}}\n"))
    (problem,) = refused(text).problems
    assert (problem.line, problem.path) == (10, "environments.prod")
    assert problem.found == "no resource 'q', which another environment has"
    assert problem.remedy == "add 'q' to resources, as it is here"
