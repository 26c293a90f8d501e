"""What the passing of time makes of a platform file: told, and never a failure."""

from collections.abc import Iterator
from datetime import date

from gatewright.config.platform import Platform


def past_sunsets(platform: Platform, today: date) -> Iterator[str]:
    """A line for each version that still answers after the day of its sunset.

    It is for people: a release must not fail because a day has passed.
    """
    for api in platform.apis:
        lifecycle = api.lifecycle
        if lifecycle is None or lifecycle.sunset is None or lifecycle.retired is not None:
            continue
        if lifecycle.sunset <= today.isoformat():
            path = ("services", api.service, "versions", api.version, "lifecycle", "sunset")
            yield (
                f"{platform.place(path)}: the sunset of {api.api_name} was on {lifecycle.sunset}, "
                "and it still answers: add 'retired: <day>', or move the day"
            )
