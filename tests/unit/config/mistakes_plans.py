"""Mistakes in plans and tags."""

from tests.unit.config.conftest import Edit
from tests.unit.config.mistakes_deployed import Case

FIFTY_ONE_TAGS = "tags: {" + ", ".join(f"t{i}: x" for i in range(51)) + "}"


def methods(text: str) -> Edit:
    return ("    burst: 40\n", f"    burst: 40\n    methods: {text}\n")


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
    # lower limits of single operations
    (
        "method-rate-zero",
        methods("{foods-v1: {list_foods: {rate: 0, burst: 5}}}"),
        34,
        "plans.demo.methods.foods-v1.list_foods.rate",
        "above 0",
        "",
    ),
    (
        "method-burst-missing",
        methods("{foods-v1: {list_foods: {rate: 2}}}"),
        34,
        "plans.demo.methods.foods-v1.list_foods.burst",
        "at most the plan's",
        "add 'burst'",
    ),
    (
        "method-burst-below-rate",
        methods("{foods-v1: {list_foods: {rate: 3, burst: 2}}}"),
        34,
        "plans.demo.methods.foods-v1.list_foods.burst",
        "3 or more",
        "raise burst or lower rate",
    ),
    (
        "method-rate-above-the-plans",
        methods("{foods-v1: {list_foods: {rate: 20.5, burst: 40}}}"),
        34,
        "plans.demo.methods.foods-v1.list_foods.rate",
        "20 or less",
        "raise plans.demo.rate",
    ),
    (
        "method-burst-above-the-plans",
        methods("{foods-v1: {list_foods: {rate: 2, burst: 41}}}"),
        34,
        "plans.demo.methods.foods-v1.list_foods.burst",
        "40 or less",
        "raise plans.demo.burst",
    ),
    (
        "method-of-an-api-outside-the-plan",
        methods("{orders-v1: {list_orders: {rate: 2, burst: 5}}}"),
        34,
        "plans.demo.methods.orders-v1",
        "foods-v1, orders-v2",
        "did you mean 'orders-v2'?",
    ),
    (
        "method-that-is-no-api",
        methods("{foods: {list_foods: {rate: 2, burst: 5}}}"),
        34,
        "plans.demo.methods.foods",
        "<service>-<version>",
        "",
    ),
    (
        "method-that-is-no-operation-id",
        methods("{foods-v1: {/list_foods/GET: {rate: 2, burst: 5}}}"),
        34,
        'plans.demo.methods.foods-v1["/list_foods/GET"]',
        "the name of the route's function",
        "",
    ),
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
