"""Mistakes in how a release reaches callers."""

from tests.unit.config.conftest import Edit
from tests.unit.config.mistakes_deployed import Case


def release(text: str) -> Edit:
    return ("    protect: true\n", f"    release: {text}\n")


def canary(text: str) -> Edit:
    return release(f"{{canary: {{{text}}}}}")


PLACE = "environments.prod.release"
CANARY = f"{PLACE}.canary"

MISTAKES: list[Case] = [
    (
        "release-word",
        release("all-at-onse"),
        13,
        PLACE,
        "all-at-once, or {canary:",
        "did you mean 'all-at-once'?",
    ),
    (
        "keep-no-release",
        ("    protect: true\n", "    keep_releases: 0\n"),
        13,
        "environments.prod.keep_releases",
        "a whole number of releases from 1 to 1000",
        "",
    ),
    ("canary-of-everybody", canary("steps: [10, 100]"), 13, f"{CANARY}.steps[1]", "below 100", ""),
    ("canary-steps-fall", canary("steps: [50, 10]"), 13, f"{CANARY}.steps", "rise", "smallest"),
    (
        "canary-bakes-and-steps",
        canary("bake_seconds: [60, 60, 60]"),
        13,
        f"{CANARY}.bake_seconds",
        "one time for each step",
        "one number for all",
    ),
    (
        "canary-too-long",
        canary("bake_seconds: 1501"),
        13,
        f"{CANARY}.bake_seconds",
        "at most 3000",
        "docs/guides/stages.md",
    ),
    (
        "canary-too-many-steps-of-the-default-time",
        canary("steps: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], bake_seconds: 301"),
        13,
        f"{CANARY}.bake_seconds",
        "at most 3000",
        "make promote",
    ),
    (
        "canary-bake-within-a-period",
        canary("bake_seconds: 59"),
        13,
        f"{CANARY}.bake_seconds",
        "at least 60: alarms judge whole periods",
        "bake for longer",
    ),
    (
        "canary-one-bake-within-a-period",
        canary("bake_seconds: [300, 120], period_seconds: 300"),
        13,
        f"{CANARY}.bake_seconds",
        "at least 300",
        "bake for longer",
    ),
    (
        "canary-period-on-aws",
        canary("period_seconds: 10"),
        13,
        f"{CANARY}.period_seconds",
        "each minute",
        "write 60",
    ),
    (
        "canary-threshold",
        canary("alarms: {errors_5xx_percent: 101}"),
        13,
        f"{CANARY}.alarms.errors_5xx_percent",
        "from 0 to 100, or off",
        "",
    ),
    (
        "canary-unknown-alarm",
        canary("alarms: {errors_5xx: 1}"),
        13,
        f"{CANARY}.alarms.errors_5xx",
        "errors_5xx_percent",
        "did you mean 'errors_5xx_percent'?",
    ),
]

BETWEEN_FIELDS = {
    "canary-steps-fall",
    "canary-bakes-and-steps",
    "canary-too-long",
    "canary-too-many-steps-of-the-default-time",
    "canary-period-on-aws",
    "canary-bake-within-a-period",
    "canary-one-bake-within-a-period",
}
