"""Routing rules: conditions, priorities and base paths.

Cases from 'Routing rules to connect API stages to a custom domain name for REST APIs' and
'Examples of how API Gateway evaluates routing rules':
https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules-examples.html
"""

from __future__ import annotations

from typing import Any

import pytest

from local.gaps.domains.rules import Rule, first_match


def header(**values: str) -> list[dict[str, Any]]:
    return [
        {"MatchHeaders": {"AnyOf": [{"Header": name.replace("_", "-"), "ValueGlob": glob}]}}
        for name, glob in values.items()
    ]


def path(base: str) -> list[dict[str, Any]]:
    return [{"MatchBasePaths": {"AnyOf": [base]}}]


def rule(api: str, priority: int, *conditions: dict[str, Any], strip: bool = False) -> Rule:
    return Rule(
        rule_id=api,
        priority=priority,
        conditions=conditions,
        api_id=api,
        stage="live",
        strip_base_path=strip,
    )


# The first example's rules, out of order.
EXAMPLE = [
    rule("3", 100),
    rule("2", 50, *header(Accept="image/webp", Pet="Dog-*"), *path("PetStoreShopper")),
    rule("1", 10, *header(Hello="World")),
]


@pytest.mark.parametrize(
    ("asked", "headers", "api"),
    [
        ("/", {"Hello": "World"}, "1"),
        (
            "/PetStoreShopper",
            {"Hello": "World", "Pet": "Dog-Bella", "Accept": "image/webp"},
            "1",
        ),
        ("/PetStoreShopper", {"Pet": "Dog-Bella", "Accept": "image/webp"}, "2"),
        ("/PetStoreShopper", {"Pet": "Cat", "Accept": "image/webp"}, "3"),
        ("/", {"Pet": "Dog-Bella", "Accept": "image/webp"}, "3"),
        ("/", {}, "3"),
    ],
)
def test_the_first_rule_whose_conditions_are_met_wins(
    asked: str, headers: dict[str, str], api: str
) -> None:
    match = first_match(EXAMPLE, asked, headers)
    assert match is not None
    assert match.api_id == api


@pytest.mark.parametrize(
    ("glob", "value", "matches"),
    [
        ("a*", "alpha", True),
        ("a*", "beta", False),
        ("*a", "alpha", True),
        ("*v2*", "application/vnd.shop.v2+json", True),
        ("v2", "v2", True),
        ("v2", "V2", False),
        ("v2", "v22", False),
        ("v?", "v2", False),
        ("v.", "v2", False),
    ],
)
def test_a_value_is_compared_whole_and_by_its_case(glob: str, value: str, matches: bool) -> None:
    found = first_match([rule("1", 1, *header(x_version=glob))], "/", {"X-Version": value})
    assert (found is not None) is matches


@pytest.mark.parametrize(
    ("asked", "strip", "rest", "base_path"),
    [
        ("/users", True, "/", "/users"),
        ("/users/5", True, "/5", "/users"),
        ("/users/5", False, "/users/5", ""),
        ("/users5", True, None, None),
        ("/Users/5", True, None, None),
        ("/a/users", True, None, None),
    ],
)
def test_a_base_path_is_whole_words_and_may_be_stripped(
    asked: str, strip: bool, rest: str | None, base_path: str | None
) -> None:
    match = first_match([rule("1", 1, *path("users"), strip=strip)], asked, {})
    assert (match.path if match else None, match.base_path if match else None) == (rest, base_path)


def test_without_a_rule_that_matches_there_is_none() -> None:
    assert first_match([rule("1", 1, *header(a="b"))], "/", {}) is None
