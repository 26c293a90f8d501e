"""API Gateway's keys and plans in memory, with the calls that the operations make."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

PREFIX = "shop-prod-plans-"
TAGS = {"gatewright:project": "shop", "gatewright:environment": "prod"}


class FakeGateway:
    """Plans `basic` and `more` over one API, `reports` over another, one of somebody else."""

    meta = SimpleNamespace(partition="aws", region_name="eu-central-1")

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, Any]] = {}
        self.on_plans: dict[str, set[str]] = {}
        self.plans = [
            self._plan("basic", "foods"), self._plan("more", "foods"),
            self._plan("reports", "orders"), {"id": "x", "name": f"{PREFIX}basic", "tags": {}},
        ]  # fmt: skip
        self.failing: set[str] = set()
        self._ids = itertools.count(1)

    def _plan(self, name: str, api: str) -> dict[str, Any]:
        stages = [{"apiId": api, "stage": "live"}]
        self.on_plans[f"plan-{name}"] = set()
        return {"id": f"plan-{name}", "name": PREFIX + name, "tags": TAGS, "apiStages": stages}

    def add(self, name: str, *plans: str, **fields: Any) -> dict[str, Any]:
        """A key that is there already."""
        made = self.create_api_key(name=PREFIX + name, enabled=True, tags=TAGS)
        made.update(fields)
        for plan in plans:
            self.on_plans[f"plan-{plan}"].add(made["id"])
        return made

    def state(self) -> dict[str, tuple[bool, dict[str, str]]]:
        """Whether each key is enabled, and its tags, by name."""
        return {k["name"].removeprefix(PREFIX): (k["enabled"], k["tags"]) for k in self.by_name()}

    def by_name(self) -> list[dict[str, Any]]:
        return sorted(self.keys.values(), key=lambda key: str(key["name"]))

    def get_paginator(self, operation: str) -> Any:
        pages = {
            "get_api_keys": self._key_pages,
            "get_usage_plans": lambda: iter([{"items": self.plans}]),
            "get_usage_plan_keys": lambda usagePlanId: iter(  # noqa: N803 - AWS's word
                [{"items": [{"id": key} for key in self.on_plans[usagePlanId]]}]
            ),
        }
        return SimpleNamespace(paginate=pages[operation])

    def _key_pages(self, nameQuery: str, includeValues: bool) -> Iterator[dict[str, Any]]:  # noqa: N803
        assert not includeValues
        for key in self.by_name():
            if key["name"].startswith(nameQuery):
                yield {"items": [{name: key[name] for name in key if name != "value"}]}

    def create_api_key(self, **fields: Any) -> dict[str, Any]:
        number = next(self._ids)
        made = {
            "id": f"id{number}",
            "value": f"value-{number}",
            "createdDate": datetime(2026, 11, number, tzinfo=UTC),
            **fields,
            "tags": dict(fields["tags"]),
        }
        self.keys[made["id"]] = made
        return made

    def get_api_key(self, apiKey: str, includeValue: bool) -> dict[str, Any]:  # noqa: N803
        assert includeValue
        return self.keys[apiKey]

    def delete_api_key(self, apiKey: str) -> None:  # noqa: N803
        del self.keys[apiKey]

    def create_usage_plan_key(self, usagePlanId: str, keyId: str, keyType: str) -> None:  # noqa: N803
        self._may_fail("create_usage_plan_key")
        assert keyType == "API_KEY"
        self.on_plans[usagePlanId].add(keyId)

    def update_api_key(self, apiKey: str, patchOperations: list[dict[str, str]]) -> None:  # noqa: N803
        self._may_fail("update_api_key")
        for operation in patchOperations:
            assert operation["op"] == "replace"
            field, value = operation["path"].removeprefix("/"), operation["value"]
            self.keys[apiKey][field] = value == "true" if field == "enabled" else value

    def tag_resource(self, resourceArn: str, tags: dict[str, str]) -> None:  # noqa: N803
        self._may_fail("tag_resource")
        self._tags(resourceArn).update(tags)

    def untag_resource(self, resourceArn: str, tagKeys: list[str]) -> None:  # noqa: N803
        for name in tagKeys:
            del self._tags(resourceArn)[name]

    def _tags(self, arn: str) -> dict[str, str]:
        start = "arn:aws:apigateway:eu-central-1::/apikeys/"
        assert arn.startswith(start)
        tags: dict[str, str] = self.keys[arn.removeprefix(start)]["tags"]
        return tags

    def _may_fail(self, call: str) -> None:
        if call in self.failing:
            raise RuntimeError(call)
