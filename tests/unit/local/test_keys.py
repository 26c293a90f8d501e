"""What `make keys` takes and shows."""

from datetime import UTC, datetime, timedelta

import pytest

from gatewright.operations.api_keys import ApiKey
from local.keys_arguments import parse
from local.keys_report import record, table

NOW = datetime(2026, 11, 5, 10, 15, tzinfo=UTC)


def key(name: str, *, enabled: bool = True, left: timedelta | None = None) -> ApiKey:
    return ApiKey(
        name=name,
        key_id=f"id-{name}",
        description="",
        plans=("demo", "other"),
        enabled=enabled,
        created=NOW,
        retires_at=None if left is None else NOW + left,
        deployed=name == "demo",
    )


def test_without_a_command_the_keys_are_listed() -> None:
    assert (parse([]).command, parse([]).environment, parse([]).json) == ("list", "local", False)
    assert parse(["--json"]).json
    assert parse(["list", "--json"]).json


@pytest.mark.parametrize(
    ("text", "seconds"), [("30m", 1800), ("24h", 86400), ("7d", 604800), ("0", 0)]
)
def test_an_overlap_has_a_unit(text: str, seconds: int) -> None:
    assert parse(["rotate", "acme", "--overlap", text]).overlap == timedelta(seconds=seconds)
    assert parse(["rotate", "acme"]).overlap == timedelta(hours=24)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rotate", "acme", "--overlap", "3w"], "'3w' is not a length of time: use 30m, 24h, 7d"),
        (["rotate", "acme", "--overlap", "7"], "'7' is not a length of time"),
        (["issue", "Acme", "--plan", "demo"], "'Acme' is not a key's name: use 1 to 40 lower"),
        (["issue", "acme"], "--plan"),
        (["lst"], "invalid choice: 'lst'"),
    ],
)
def test_a_mistake_says_what_is_allowed(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parse(arguments)
    assert message in capsys.readouterr().err


def test_the_table_says_how_long_a_key_has() -> None:
    shown = table(
        [
            key("acme", left=timedelta(hours=24)),
            key("bolt", left=timedelta(minutes=20)),
            key("demo"),
            key("gone", enabled=False, left=timedelta(days=-2)),
            key("late", left=timedelta(days=-3)),
        ],
        NOW,
    ).splitlines()
    assert [line.split() for line in shown[:1]] == [
        ["NAME", "ID", "PLANS", "STATE", "CREATED", "(UTC)", "MADE", "BY"]
    ]
    states = ["retires in 24 h", "retires in 20 min", "enabled", "disabled", "enabled, 3 d past"]
    for line, state in zip(shown[1:6], states, strict=True):
        assert f"demo, other  {state}" in line
    assert shown[3].endswith("2026-11-05 10:15  platform.yaml")
    assert "make keys DO=retire" in shown[-1]
    assert "DO=retire" not in table([key("gone", enabled=False, left=timedelta(days=-2))], NOW)


def test_a_record_is_for_programs() -> None:
    assert record(key("acme", left=timedelta(hours=1))) == {
        "name": "acme",
        "id": "id-acme",
        "description": "",
        "plans": ["demo", "other"],
        "enabled": True,
        "created": "2026-11-05T10:15:00+00:00",
        "retires_at": "2026-11-05T11:15:00+00:00",
        "made_by": "make keys",
    }
