"""How long a version is served, as `platform.yaml` writes it."""

from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from gatewright.config.or_word import OrWord
from gatewright.config.rules import Rule, text
from gatewright.config.section import Section
from gatewright.config.values import VersionName

ACTIVE = "active"
_STATES = "active, {deprecated: <date>, ...} or {retired: <date>, ...}"


def is_date(value: object) -> bool:
    """Whether it is a day of the calendar as text: ``2026-11-30`` (ISO 8601, extended format)."""
    if not isinstance(value, str) or len(value) != len("2026-11-30"):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


Day = Annotated[
    str, Rule("text", "a day, such as 2026-11-30", is_date, {"type": "string", "format": "date"})
]
# It stands between quotes of API Gateway's mappings, and between < and > in a header.
Link = Annotated[
    str,
    text(r"https?://[A-Za-z0-9._~:/?#@!&()*+,;=%-]{1,500}", "an http or https address, without '"),
]


_DEPRECATED: JsonDict = {"required": ["deprecated"]}
_RETIRED: JsonDict = {"required": ["retired"]}


class Lifecycle(Section):
    """Since when a version is deprecated or retired. A day begins at 00:00 UTC."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [_DEPRECATED, _RETIRED]})

    deprecated: Day | None = Field(
        None, description="The day from which nobody should start to use the version."
    )
    sunset: Day | None = Field(
        None, description="The day from which the version may answer no more; not before."
    )
    retired: Day | None = Field(
        None, description="The day since when the version answers every request with 410."
    )
    link: Link | None = Field(None, description="Where people read what to do about it.")
    successor: VersionName | None = Field(
        None, description="The version of the same service that takes its place, such as v2."
    )


LifecycleOrActive = Annotated[Lifecycle | None, OrWord(ACTIVE, _STATES)]
