"""A REST API is served to everybody, whatever account owns it.

The address of an API has its id and no account; ministack looks for it in the account that signed
the request, and for callers who sign nothing in its default one.
https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html
"""

from __future__ import annotations

from typing import Any

from local.gaps.patch import Function, Patch

APP = "ministack.app"


def by_owner(original: Function) -> Function:
    """Serve a request in the account and region of the API that its address names."""

    async def handle(host: str, path: str, *arguments: Any, **options: Any) -> Any:
        from ministack import app
        from ministack.core.responses import request_scope

        address = app._parse_execute_api_url(host, path)
        owner = _owner(address[0]) if address else None
        if owner is None:
            return await original(host, path, *arguments, **options)
        with request_scope(*owner):
            return await original(host, path, *arguments, **options)

    return handle


def _owner(api_id: str) -> tuple[str, str] | None:
    """The account and region of a REST API; None for one of the caller's, or of nobody's."""
    from ministack.services import apigateway_v1

    if apigateway_v1.find_api_scope(api_id) is not None:
        return None
    found = (
        (account, region)
        for (account, region, stored), _api in apigateway_v1._rest_apis.all_items()
        if stored == api_id
    )
    return next(found, None)


PATCHES = (Patch(APP, "_handle_execute_api_request", by_owner),)
