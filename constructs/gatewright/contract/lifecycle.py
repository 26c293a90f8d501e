"""How long a version is served, and the headers that tell callers of it.

RFC 9745 (Deprecation), RFC 8594 (Sunset), RFC 5829 (successor-version), RFC 8288 (Link).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from gatewright.contract.document import JsonObject


@dataclass(frozen=True, kw_only=True)
class Lifecycle:
    """Since when a version is deprecated, until when it answers, what takes its place.

    Each day begins at 00:00 UTC. ``link`` is an address for people, ``successor`` the name of
    another version of the service, as ``v2``. With nothing set the version is active.
    """

    deprecated: date | None = None
    sunset: date | None = None
    retired: date | None = None
    link: str | None = None
    successor: str | None = None


ACTIVE = Lifecycle()


def lifecycle_headers(lifecycle: Lifecycle, successor_url: str | None = None) -> dict[str, str]:
    """The headers of every answer; none of an active version.

    ``successor_url`` is where the successor answers, and may be a token of the CDK.
    """
    if lifecycle.deprecated is None and lifecycle.retired is None:
        return {}
    headers = {}
    if lifecycle.deprecated is not None:
        # RFC 9745, section 2.1: a date of structured fields, seconds since 1970.
        headers["Deprecation"] = f"@{int(_begin(lifecycle.deprecated).timestamp())}"
    if lifecycle.sunset is not None:
        headers["Sunset"] = _http_date(lifecycle.sunset)
    links = [f'<{url}>; rel="{relation}"' for relation, url in _links(lifecycle, successor_url)]
    if links:
        headers["Link"] = ", ".join(links)
    return headers


def response_parameters(headers: Mapping[str, str]) -> dict[str, str]:
    """``headers`` as an integration response sends them, for an integration that is no proxy.

    AWS: "x-amazon-apigateway-integration.responses object", static values. A method response has
    to declare them as well: ``declared_headers``.
    """
    return {f"method.response.header.{name}": f"'{headers[name]}'" for name in sorted(headers)}


def declared_headers(headers: Mapping[str, str]) -> JsonObject:
    """The Header Objects of a method response that sends ``headers``."""
    return {name: {"schema": {"type": "string"}} for name in sorted(headers)}


def _links(lifecycle: Lifecycle, successor_url: str | None) -> list[tuple[str, Any]]:
    told = {
        "deprecation": lifecycle.link if lifecycle.deprecated else None,
        "sunset": lifecycle.link if lifecycle.sunset or lifecycle.retired else None,
        "successor-version": successor_url,
    }
    return [(relation, url) for relation, url in told.items() if url is not None]


def _http_date(day: date) -> str:
    # Not above: it takes a while to load, and few versions have a sunset.
    from email.utils import format_datetime

    return format_datetime(_begin(day), usegmt=True)


def _begin(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
