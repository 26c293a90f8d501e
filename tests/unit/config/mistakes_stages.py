"""Mistakes in stages and the plans that name them, in caches, and in streams."""

from tests.unit.config.conftest import Edit
from tests.unit.config.mistakes_deployed import Case


def stages(text: str) -> Edit:
    return ('        cors: {allow_origin: "*"}\n', f"        stages: {text}\n")


def cache(text: str) -> Edit:
    return ('        cors: {allow_origin: "*"}\n', f"        cache: {{{text}}}\n")


def streams(text: str) -> Edit:
    return ('        cors: {allow_origin: "*"}\n', f"        streams: {{{text}}}\n")


V1 = "services.foods.versions.v1"

MISTAKES: list[Case] = [
    (
        "stage-name",
        stages("{Dev: {}}"),
        24,
        f"{V1}.stages.Dev",
        "lower-case letters, digits, _ and -",
        "",
    ),
    (
        "stage-release",
        stages("{dev: {release: newst}}"),
        24,
        f"{V1}.stages.dev.release",
        "newest, promoted",
        "did you mean 'newest'?",
    ),
    (
        "first-stage-promoted",
        stages("{dev: {release: promoted}, prod: {}}"),
        24,
        f"{V1}.stages.dev.release",
        "newest: a release is promoted from the stage before",
        "put another stage before it",
    ),
    (
        "stage-variable-of-the-release",
        stages("{dev: {variables: {lambdaAlias: mine}}}"),
        24,
        f"{V1}.stages.dev.variables.lambdaAlias",
        "not lambdaAlias",
        "",
    ),
    (
        "stage-variable-value",
        stages('{dev: {variables: {host: "a b"}}}'),
        24,
        f"{V1}.stages.dev.variables.host",
        "1 to 512 letters, digits and",
        "",
    ),
    (
        "stage-burst-below-rate",
        stages("{dev: {throttle: {rate: 10, burst: 9}}}"),
        24,
        f"{V1}.stages.dev.throttle.burst",
        "10 or more",
        "raise burst or lower rate",
    ),
    (
        "stage-throttle-above-the-account",
        stages("{dev: {throttle: {rate: 10, burst: 5001}}}"),
        24,
        f"{V1}.stages.dev.throttle.burst",
        "5000 or less",
        "lower it",
    ),
    (
        "stage-log-level",
        stages("{dev: {log_level: debug}}"),
        24,
        f"{V1}.stages.dev.log_level",
        "off, error, info",
        "",
    ),
    (
        "plan-of-an-unknown-stage",
        ("apis: [foods-v1, orders-v2]", 'apis: ["foods-v1:beta", orders-v2]'),
        31,
        "plans.demo.apis[0]",
        "foods-v1, orders-v2",
        "did you mean 'foods-v1'?",
    ),
    # caches
    (
        "cache-size",
        cache("size_gb: 2, operations: {list_foods: {}}"),
        24,
        f"{V1}.cache.size_gb",
        "0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237",
        "",
    ),
    (
        "cache-without-operations",
        cache("operations: {}"),
        24,
        f"{V1}.cache.operations",
        "at least one",
        "",
    ),
    (
        "cache-for-more-than-an-hour",
        cache("ttl_seconds: 3601, operations: {list_foods: {}}"),
        24,
        f"{V1}.cache.ttl_seconds",
        "seconds from 1 to 3600",
        "",
    ),
    (
        "cache-key-of-the-body",
        cache("operations: {list_foods: {keys: [body.name]}}"),
        24,
        f"{V1}.cache.operations.list_foods.keys[0]",
        "query.<name>, header.<name> or path.<name>",
        "",
    ),
    (
        "cache-of-a-stage-alone",
        stages("{dev: {cache: {size_gb: 0.5}}}"),
        24,
        f"{V1}.stages.dev.cache",
        "a cache of the version",
        "add 'cache' with its operations",
    ),
    # answers bit by bit
    (
        "stream-handler-in-another-folder",
        streams("handler: orders.ticker:answer, operations: [watch]"),
        24,
        f"{V1}.streams.handler",
        "a function below foods",
        "move it to lambda_src/foods",
    ),
    (
        "streams-for-too-long",
        streams("handler: foods.ticker:answer, operations: [watch], timeout_seconds: 901"),
        24,
        f"{V1}.streams.timeout_seconds",
        "seconds from 1 to 900",
        "",
    ),
    (
        "streams-nothing",
        streams("handler: foods.ticker:answer, operations: []"),
        24,
        f"{V1}.streams.operations",
        "at least one",
        "",
    ),
    (
        "streamed-and-cached",
        (
            '        cors: {allow_origin: "*"}\n',
            "        cache: {operations: {watch: {}}}\n"
            "        streams: {handler: foods.ticker:answer, operations: [watch]}\n",
        ),
        25,
        f"{V1}.streams.operations[0]",
        "operations that are not cached",
        "take it out of one of them",
    ),
]
