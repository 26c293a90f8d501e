"""Checks of how many things `platform.yaml` asks of an account in a region."""

from collections.abc import Iterator

from gatewright.config.document import Document
from gatewright.config.plain import mapping, names, number
from gatewright.config.problems import Path, Problem
from gatewright.quotas import APIS_PER_REGION, KEYS_PER_REGION, PLANS_PER_KEY, USAGE_PLANS


def quota_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each environment, and each key, that has more than the account takes."""
    keys = mapping(document.value, "keys")
    for name, section in mapping(document.value, "environments").items():
        quotas = mapping(section, "quotas")
        offered = {plan for _, plan in names(section, "plans")}
        most = number({"n": quotas.get("usage_plans", USAGE_PLANS)}, "n")
        if len(offered) > most:
            path: Path = ("environments", name, "plans")
            yield _above(document, path, f"{len(offered)} usage plans", most, "usage_plans")
        per_key = number({"n": quotas.get("plans_per_key", PLANS_PER_KEY)}, "n")
        for key, fields in keys.items():
            on = sum(1 for _, plan in names(fields, "plans") if plan in offered)
            if on > per_key:
                path = ("keys", key, "plans")
                found = f"{on} plans that environment {name} offers"
                yield _above(document, path, found, per_key, "plans_per_key", name)
    yield from _fixed(document)


def _above(
    document: Document, path: Path, found: str, most: float, field: str, environment: str = ""
) -> Problem:
    where = f"environments.{environment or path[1]}.quotas"
    remedy = f"remove some, or state what AWS has raised: {field} in {where}"
    return document.problem(path, found, f"at most {most:g}", remedy, at_name=True)


def _fixed(document: Document) -> Iterator[Problem]:
    apis = [
        f"{service}-{version}"
        for service, section in mapping(document.value, "services").items()
        for version in mapping(section, "versions")
    ]
    for name, count, most in (
        ("services", len(apis), APIS_PER_REGION),
        ("keys", len(mapping(document.value, "keys")), KEYS_PER_REGION),
    ):
        if count > most:
            what = "versions of services, each an API" if name == "services" else "API keys"
            allowed = f"at most {most} in an account and region, which AWS does not raise"
            remedy = "move some to another platform, in another account"
            if name == "keys":
                remedy = "let `make keys` issue those of each consumer, in several accounts"
            yield document.problem((name,), f"{count} {what}", allowed, remedy, at_name=True)
