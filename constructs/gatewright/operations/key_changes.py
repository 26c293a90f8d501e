"""What operators do with API keys: issue, disable and enable, rotate with an overlap, retire."""

import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from gatewright.operations.api_keys import RETIRES_AT, ApiKey, ApiKeyError, ApiKeys, KeyPlan, hint


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A new key with its value, and the key that it takes the place of, if any."""

    key: ApiKey
    value: str
    replaced: ApiKey | None = None


def issue(keys: ApiKeys, name: str, plans: Sequence[str], description: str = "") -> Issued:
    """Make a key on these plans, by short names. Raises ApiKeyError.

    AWS: "Usage plans and API keys for REST APIs": a key is on one plan for each API stage.
    """
    if any(key.name == name for key in keys.all()):
        raise ApiKeyError(
            f"There is a key {name!r} already: `show {name}` prints its value, `rotate {name}` "
            "replaces it."
        )
    return _make(keys, name, _known_plans(keys, plans), description)


def set_enabled(keys: ApiKeys, name: str, enabled: bool) -> ApiKey:
    """Let a key be accepted, for good, or no longer. Raises ApiKeyError."""
    key = keys.find(name)
    if enabled and key.retires_at is not None:
        # Else the next `retire` would disable it again.
        keys.gateway.untag_resource(resourceArn=_arn(keys, key), tagKeys=[RETIRES_AT])
    changed = replace(key, enabled=enabled, retires_at=None if enabled else key.retires_at)
    _update(keys, key, changed)
    return changed


def rotate(keys: ApiKeys, name: str, overlap: timedelta, now: datetime) -> Issued:
    """Make a new key on the plans of another, which is accepted for the time of ``overlap`` yet.

    The new key takes the name, and the old one is called ``<name>.<number>`` from then on. Nothing
    on AWS ends the overlap by itself: ``retire`` does. Raises ApiKeyError.
    """
    old = keys.find(name)
    _require_rotatable(old)
    retires_at = (now + overlap).astimezone(UTC).replace(microsecond=0)
    replaced = replace(
        old,
        name=_number(keys, old.name),
        retires_at=retires_at,
        enabled=old.enabled and bool(overlap),
    )
    plans = [plan for plan in keys.plans() if plan.name in old.plans]
    made = _make(keys, old.name, plans, old.description)
    # Nobody has seen the new value yet: when a step fails, all is as it was.
    with ExitStack() as undo:
        undo.callback(keys.gateway.delete_api_key, apiKey=made.key.key_id)
        _update(keys, old, replaced)
        undo.callback(_update, keys, replaced, old)
        at = retires_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        keys.gateway.tag_resource(resourceArn=_arn(keys, old), tags={RETIRES_AT: at})
        undo.pop_all()
    return replace(made, replaced=replaced)


def retire(keys: ApiKeys, now: datetime) -> list[ApiKey]:
    """Disable every key whose overlap is over, and return those. Safe to run again."""
    over = [key for key in keys.all() if key.enabled and key.retires_at and key.retires_at <= now]
    retired = [replace(key, enabled=False) for key in over]
    for key, changed in zip(over, retired, strict=True):
        _update(keys, key, changed)
    return retired


def _make(keys: ApiKeys, name: str, plans: Sequence[KeyPlan], description: str = "") -> Issued:
    made = keys.gateway.create_api_key(
        name=keys.prefix + name, enabled=True, description=description, tags=keys.tags
    )
    with ExitStack() as undo:
        undo.callback(keys.gateway.delete_api_key, apiKey=made["id"])
        for plan in plans:
            keys.gateway.create_usage_plan_key(
                usagePlanId=plan.plan_id, keyId=made["id"], keyType="API_KEY"
            )
        undo.pop_all()
    key = ApiKey(
        name=name,
        key_id=made["id"],
        description=description,
        plans=tuple(plan.name for plan in plans),
        enabled=True,
        created=made["createdDate"].astimezone(UTC),
        retires_at=None,
        deployed=False,
    )
    return Issued(key=key, value=made["value"])


def _known_plans(keys: ApiKeys, names: Sequence[str]) -> list[KeyPlan]:
    by_name = {plan.name: plan for plan in keys.plans()}
    if not by_name:
        raise ApiKeyError("The environment has no usage plan. Deploy it with one first.")
    chosen: list[KeyPlan] = []
    for name in dict.fromkeys(names):
        if name not in by_name:
            raise ApiKeyError(f"There is no plan {name!r} here{hint(name, list(by_name))}")
        for other in chosen:
            if other.stages & by_name[name].stages:
                raise ApiKeyError(
                    f"Plans {other.name!r} and {name!r} cover the same API, and AWS puts a key on "
                    "one plan for each. Issue a key for each plan."
                )
        chosen.append(by_name[name])
    return chosen


def _require_rotatable(key: ApiKey) -> None:
    if key.deployed:
        raise ApiKeyError(
            f"Key {key.name!r} is one of platform.yaml: to rotate it, add a second key there, "
            f"deploy, move its callers, and then take {key.name!r} out."
        )
    if key.retires_at is not None:
        raise ApiKeyError(f"Key {key.name!r} was rotated already; rotate the key that replaced it.")
    if not key.plans:
        raise ApiKeyError(f"Key {key.name!r} is on no plan of this environment.")


def _number(keys: ApiKeys, name: str) -> str:
    """The next free name of an earlier key: acme.1, then acme.2."""
    earlier = re.compile(rf"{re.escape(name)}\.(\d+)")
    numbers = [int(found[1]) for key in keys.all() if (found := earlier.fullmatch(key.name))]
    return f"{name}.{max(numbers, default=0) + 1}"


def _update(keys: ApiKeys, key: ApiKey, changed: ApiKey) -> None:
    """Give a key the name and the state of ``changed``."""
    values = {"/enabled": str(changed.enabled).lower()}
    if changed.name != key.name:
        values["/name"] = keys.prefix + changed.name
    operations = [{"op": "replace", "path": path, "value": value} for path, value in values.items()]
    keys.gateway.update_api_key(apiKey=key.key_id, patchOperations=operations)


def _arn(keys: ApiKeys, key: ApiKey) -> str:
    meta = keys.gateway.meta
    return f"arn:{meta.partition}:apigateway:{meta.region_name}::/apikeys/{key.key_id}"
