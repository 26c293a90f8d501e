"""Mistakes in plans and tags."""

from tests.unit.config.mistakes_deployed import Case

FIFTY_ONE_TAGS = "tags: {" + ", ".join(f"t{i}: x" for i in range(51)) + "}"

MISTAKES: list[Case] = [
    # values of a plan
    ("rate-zero", ("rate: 20", "rate: 0"), 32, "plans.demo.rate", "above 0", ""),
    ("rate-infinite", ("rate: 20", "rate: 1e999"), 32, "plans.demo.rate", "above 0", ""),
    ("burst-true", ("burst: 40", "burst: true"), 33, "plans.demo.burst", "whole number", ""),
    ("burst-zero", ("burst: 40", "burst: 0"), 33, "plans.demo.burst", "from 1 to", ""),
    (
        "burst-below-rate",
        ("burst: 40", "burst: 19"),
        33,
        "plans.demo.burst",
        "20 or more",
        "raise burst or lower rate",
    ),
    (
        "quota-period",
        ("period: day", "period: days"),
        34,
        "plans.demo.quota.period",
        "day, week, month",
        "did you mean 'day'?",
    ),
    ("quota-zero", ("limit: 20000", "limit: 0"), 34, "plans.demo.quota.limit", "from 1 to", ""),
    # values of a key
    (
        "key-enabled",
        ("enabled: false", 'enabled: "no"'),
        41,
        "keys.stopped.enabled",
        "true or false",
        "did you mean false?",
    ),
    (
        "key-nothing",
        ("demo: {plans: [demo]}\n", "demo:\n"),
        40,
        "keys.demo",
        "a mapping",
        "or {} when it has none",
    ),
    (
        "key-without-a-plan",
        ("demo: {plans: [demo]}\n", "demo: {plans: []}\n"),
        40,
        "keys.demo.plans",
        "at least one",
        "",
    ),
    # tags
    (
        "tag-reserved",
        ("owner:", "Aws:owner:"),
        2,
        'tags["Aws:owner"]',
        "not starting with aws:",
        "",
    ),
    ("tag-number", ("team-a", "1234"), 2, "tags.owner", "1 to 256", 'quote it, "1234"'),
    ("tag-long", ("owner:", f"{'o' * 129}:"), 2, f"tags.{'o' * 129}", "1 to 128", ""),
    ("tags-many", ("tags: {owner: team-a}", FIFTY_ONE_TAGS), 2, "tags", "at most 50", "remove"),
]
