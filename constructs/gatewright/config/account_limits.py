"""Checks of rates and bursts against what the account of an environment takes."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gatewright.config.account_quotas import default_quota
from gatewright.config.document import Document, Value
from gatewright.config.plain import get, mapping, names, number
from gatewright.config.problems import Path, Problem

Field = Literal["rate", "burst"]


@dataclass(frozen=True, kw_only=True)
class _Account:
    """What the account of one environment takes, and where that is said."""

    environment: str
    rate: float
    burst: float
    source: str

    def most(self, field: Field) -> float:
        return self.rate if field == "rate" else self.burst


def account_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each limit that an account would not let anybody reach.

    A single operation's limit is not above its plan's, so it needs no look of its own. AWS:
    "Throttle requests to your REST APIs": the account's limit is applied after all others.
    """
    accounts = [
        (_account(document, name, section), [plan for _, plan in names(section, "plans")])
        for name, section in mapping(document.value, "environments").items()
    ]
    everywhere = [account for account, _ in accounts]
    for service, section in mapping(document.value, "services").items():
        for version, fields in mapping(section, "versions").items():
            path = ("services", service, "versions", version, "throttle")
            yield from _problems(document, path, get(fields, "throttle"), everywhere)
            for stage, of_stage in mapping(fields, "stages").items():
                place = (*path[:-1], "stages", stage, "throttle")
                yield from _problems(document, place, get(of_stage, "throttle"), everywhere)
    for name, plan in mapping(document.value, "plans").items():
        offering = [account for account, plans in accounts if name in plans]
        yield from _problems(document, ("plans", name), plan, offering)


def _account(document: Document, name: str, section: Value) -> _Account:
    """The quota that the file states, and AWS's default for what it does not state."""
    region = get(section, "region")
    quota = default_quota(region if isinstance(region, str) else "")
    stated = get(section, "account_throttle")
    source = f"AWS's default in {region}"
    if stated is not None:
        line = document.place(("environments", name, "account_throttle")).name[0]
        source = f"stated on line {line}"
    return _Account(
        environment=name,
        rate=quota.rate if stated is None else number(stated, "rate"),
        burst=quota.burst if stated is None else number(stated, "burst"),
        source=source,
    )


def _problems(
    document: Document, path: Path, limit: Value, accounts: list[_Account]
) -> Iterator[Problem]:
    fields: tuple[Field, ...] = ("rate", "burst")
    for field in fields:
        value = number(limit, field)
        exceeded = [account for account in accounts if account.most(field) < value < math.inf]
        if exceeded:
            told = ", ".join(f"{a.most(field):g} in {a.environment} ({a.source})" for a in exceeded)
            most = min(account.most(field) for account in exceeded)
            raised = " and ".join(
                f"environments.{a.environment}.account_throttle" for a in exceeded
            )
            yield document.problem(
                (*path, field),
                f"{value:g}, above the {field} of the account: {told}",
                f"{most:g} or less",
                f"lower it, or state the quota that AWS raised in {raised}",
            )
