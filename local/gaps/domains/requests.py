"""Requests that name a domain as their host, and those to a default endpoint that is disabled.

https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-mode.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from local.gaps.domains.rules import Match, first_match
from local.gaps.domains.store import API, rules_of
from local.gaps.patch import Function, Patch

APP = "ministack.app"
MAPPINGS_ONLY = "BASE_PATH_MAPPING_ONLY"
RULES_ONLY = "ROUTING_RULE_ONLY"


@dataclass(frozen=True)
class Address:
    """Where a request was sent: the domain, and the part of its path that is not the API's."""

    domain: str
    base_path: str


_address: ContextVar[Address | None] = ContextVar("address", default=None)


def routed(original: Function) -> Function:
    """Serve a domain's requests by its rules and mappings; what neither knows is a 403."""

    async def handle(
        host: str, path: str, method: str, headers: Any, *more: Any, **options: Any
    ) -> Any:
        from ministack import app

        parsed = app._parse_execute_api_url(host, path)
        if parsed is not None:
            # An address below /_aws is none of AWS's, and stays: checks and rehearsals call it.
            if app._EXECUTE_API_RE.match(host) and _is_disabled(parsed[0]):
                return _forbidden()
            return await original(host, path, method, headers, *more, **options)
        domain = registered(host)
        if domain is None:
            return await original(host, path, method, headers, *more, **options)
        match = _match(domain, path, headers)
        if match is None:
            return _forbidden()
        token = _address.set(Address(domain, match.base_path))
        try:
            inner = f"/_aws/execute-api/{match.api_id}/{match.stage}{match.path}"
            return await original("localhost", inner, method, headers, *more, **options)
        finally:
            _address.reset(token)

    return handle


def known(original: Function) -> Function:
    """A registered domain answers preflights itself, also where rules alone lead to an API."""

    def resolve(host: str, path: str) -> Any:
        return original(host, path) or (("", "", path) if registered(host) else None)

    return resolve


def in_event(original: Function) -> Function:
    """The event's path is the whole one, with the base path, and no stage comes before it.

    https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
    """

    def build(*arguments: Any, **options: Any) -> Any:
        event = original(*arguments, **options)
        address = _address.get()
        if address is not None:
            event["path"] = f"{address.base_path}{event['path']}"
            event["requestContext"] |= {
                "path": event["path"],
                "domainName": address.domain,
                "domainPrefix": address.domain.partition(".")[0],
            }
        return event

    return build


def registered(host: str) -> str | None:
    """The domain name that a Host header means, if there is one."""
    from ministack.services import apigateway_v1

    scope = apigateway_v1.find_domain_scope(host.partition(":")[0].lower())
    return str(scope[2]) if scope else None


def _match(domain: str, path: str, headers: Mapping[str, str]) -> Match | None:
    from ministack.services import apigateway_v1

    account, region, name = apigateway_v1.find_domain_scope(domain)
    record = apigateway_v1._domain_names.get_scoped(account, region, name, {})
    mode = record.get("routingMode", MAPPINGS_ONLY)
    if mode != MAPPINGS_ONLY:
        found = first_match(rules_of(domain).values(), path, headers)
        if found is not None or mode == RULES_ONLY:
            return found
    mapped = apigateway_v1.resolve_base_path_mapping(domain, path)
    if mapped is None:
        return None
    api_id, stage, rest = mapped
    base_path = path if rest == "/" and path != "/" else path[: len(path) - len(rest)]
    return Match(api_id, stage, rest, base_path.rstrip("/"))


def _is_disabled(api_id: str) -> bool:
    from ministack.services import apigateway_v1

    apis = apigateway_v1._rest_apis.all_items()
    return any(
        str(record.get("disableExecuteApiEndpoint")).lower() == "true"
        for (_account, _region, stored), record in apis
        if stored == api_id
    )


def _forbidden() -> tuple[int, dict[str, str], bytes]:
    headers = {"Content-Type": "application/json", "x-amzn-ErrorType": "ForbiddenException"}
    return 403, headers, json.dumps({"message": "Forbidden"}).encode()


PATCHES = (
    Patch(APP, "_handle_execute_api_request", routed),
    Patch(APP, "_resolve_custom_domain_request", known),
    Patch(API, "_build_lambda_event_v1", in_event),
)
