"""The API keys of one environment, as API Gateway has them. A key's value is never among them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gatewright.nearest import did_you_mean

RETIRES_AT = "gatewright:retires-at"
"""The tag that says until when a key that was replaced is accepted, in UTC (ISO 8601)."""

# CloudFormation puts it on every resource that can have tags (AWS: "Resource tag").
_STACK = "aws:cloudformation:stack-name"


class ApiKeyError(Exception):
    """What was asked of a key cannot be done. One line that says why, and what to do instead."""


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """One key. ``deployed`` tells that CloudFormation made it, from platform.yaml.

    ``name`` is the short name; ``plans`` the environment's plans that it is on, by short name.
    """

    name: str
    key_id: str
    description: str
    plans: tuple[str, ...]
    enabled: bool
    created: datetime
    retires_at: datetime | None
    deployed: bool


@dataclass(frozen=True, kw_only=True)
class KeyPlan:
    """A usage plan of the environment: its keys' ids, and the API stages that it covers."""

    name: str
    plan_id: str
    key_ids: frozenset[str]
    stages: frozenset[str]


def hint(name: str, known: list[str]) -> str:
    """The end of a line about an unknown name: which one was meant, or which there are."""
    guess = did_you_mean(name, known)
    return f"; {guess}" if guess else f"; there are {', '.join(known)}." if known else "."


class ApiKeys:
    """The keys and plans that carry an environment's tags.

    ``gateway`` is a boto3 client of API Gateway in the environment's account and region. ``prefix``
    is what stands before the short names of keys and plans, ``tags`` mark the environment.
    """

    def __init__(self, gateway: Any, *, prefix: str, tags: Mapping[str, str]) -> None:
        self.gateway = gateway
        self.prefix = prefix
        self.tags = dict(tags)

    def plans(self) -> list[KeyPlan]:
        """The deployed plans, by name."""
        return sorted(self._plans(), key=lambda plan: plan.name)

    def all(self) -> list[ApiKey]:
        """Every key, by name."""
        plans = self.plans()
        pages = self.gateway.get_paginator("get_api_keys").paginate(
            nameQuery=self.prefix, includeValues=False
        )
        found = [self._key(item, plans) for page in pages for item in self._marked(page)]
        return sorted(found, key=lambda key: (key.name, key.created))

    def find(self, name: str) -> ApiKey:
        """The key of a short name, or of an id. Raises ApiKeyError for none and for several."""
        keys = self.all()
        found = [key for key in keys if name in (key.name, key.key_id)]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(key.key_id for key in found)
            raise ApiKeyError(f"{len(found)} keys are called {name!r}: give the id, one of {ids}.")
        raise ApiKeyError(f"There is no key {name!r}{hint(name, [key.name for key in keys])}")

    def value(self, key: ApiKey) -> str:
        """The secret itself."""
        return str(self.gateway.get_api_key(apiKey=key.key_id, includeValue=True)["value"])

    def _plans(self) -> Iterator[KeyPlan]:
        for page in self.gateway.get_paginator("get_usage_plans").paginate():
            for plan in self._marked(page):
                keys = self.gateway.get_paginator("get_usage_plan_keys").paginate(
                    usagePlanId=plan["id"]
                )
                yield KeyPlan(
                    name=plan["name"].removeprefix(self.prefix),
                    plan_id=plan["id"],
                    key_ids=frozenset(key["id"] for page in keys for key in page.get("items", [])),
                    stages=frozenset(
                        f"{s['apiId']}:{s['stage']}" for s in plan.get("apiStages", ())
                    ),
                )

    def _marked(self, page: Mapping[str, Any]) -> list[dict[str, Any]]:
        items = page.get("items", [])
        return [item for item in items if self.tags.items() <= item.get("tags", {}).items()]

    def _key(self, item: Mapping[str, Any], plans: list[KeyPlan]) -> ApiKey:
        tags = item.get("tags", {})
        retires_at = tags.get(RETIRES_AT)
        return ApiKey(
            name=item["name"].removeprefix(self.prefix),
            key_id=item["id"],
            description=item.get("description", ""),
            plans=tuple(plan.name for plan in plans if item["id"] in plan.key_ids),
            enabled=bool(item["enabled"]),
            created=item["createdDate"].astimezone(UTC),
            retires_at=datetime.fromisoformat(retires_at) if retires_at else None,
            deployed=_STACK in tags,
        )
