"""Checks of endpoints against their security policies and the environments."""

from collections.abc import Iterator

from gatewright.config.document import Document, Value
from gatewright.config.endpoint_sections import ENHANCED, OF_EDGE, OF_OTHERS
from gatewright.config.plain import get, mapping, names
from gatewright.config.problems import Path, Problem


def endpoint_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each endpoint that AWS would refuse, or that nobody could call."""
    for service, section in mapping(document.value, "services").items():
        for version, fields in mapping(section, "versions").items():
            path = ("services", service, "versions", version)
            yield from _policy_suits_the_endpoint(document, path, fields)
            yield from _enhanced_policies_have_an_access_mode(document, path, fields)
            if get(fields, "endpoint") == "private":
                yield from _private_apis_can_be_reached(document, path)


def _policy_suits_the_endpoint(document: Document, path: Path, version: Value) -> Iterator[Problem]:
    policy, endpoint = get(version, "security_policy"), get(version, "endpoint") or "regional"
    suited = OF_EDGE if endpoint == "edge" else OF_OTHERS
    if policy in (*OF_EDGE, *OF_OTHERS) and policy not in suited:
        found = f"{policy!r}, which is none of a {endpoint} endpoint"
        remedy = f"use one of these, or another 'endpoint' than {endpoint}"
        yield document.problem((*path, "security_policy"), found, ", ".join(suited), remedy)


def _enhanced_policies_have_an_access_mode(
    document: Document, path: Path, version: Value
) -> Iterator[Problem]:
    """AWS, "Security policies for REST APIs": it must be chosen with every enhanced policy."""
    policy, mode = get(version, "security_policy"), get(version, "endpoint_access_mode")
    enhanced = isinstance(policy, str) and policy.startswith(ENHANCED)
    if enhanced and mode is None:
        found = "no endpoint_access_mode beside it"
        remedy = "add 'endpoint_access_mode: strict', or basic while callers are moved to it"
        allowed = "an enhanced policy with an endpoint_access_mode"
        yield document.problem((*path, "security_policy"), found, allowed, remedy)
    elif mode is not None and not enhanced:
        found = "an access mode without an enhanced security policy"
        remedy = "add 'security_policy: SecurityPolicy_...' beside it, or remove it"
        yield document.problem(
            (*path, "endpoint_access_mode"),
            found,
            f"one with a {ENHANCED}...",
            remedy,
            at_name=True,
        )


def _private_apis_can_be_reached(document: Document, path: Path) -> Iterator[Problem]:
    environments = mapping(document.value, "environments")
    without = [name for name, fields in environments.items() if not names(fields, "vpc_endpoints")]
    if without:
        found = f"'private', and no VPC endpoint to call it through in {', '.join(without)}"
        remedy = f"add 'vpc_endpoints: [vpce-...]' to environments.{without[0]}"
        allowed = "private where every environment has vpc_endpoints; or regional, edge"
        yield document.problem((*path, "endpoint"), found, allowed, remedy)
