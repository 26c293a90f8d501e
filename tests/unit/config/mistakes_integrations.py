"""Mistakes in integrations, stage variables and resources."""

from tests.unit.config.mistakes_deployed import Case

_ROUTES = "routes: foods.v1.handler:app"


def _with(text: str) -> tuple[str, str]:
    """An edit that adds fields to version 1 of foods, which begin in line 22."""
    lines = "".join(f"        {line}\n" for line in text.splitlines())
    return f"{_ROUTES}\n", f"{_ROUTES}\n{lines}"


_IMAGE = f"image: {{uri: '1.dkr.ecr.eu-west-1.amazonaws.com/a@sha256:{'0' * 64}'}}"
_AT = "services.foods.versions.v1"
MISTAKES: list[Case] = [
    (
        "no-kind",
        _with("integrations:\n  list: {}"),
        23,
        f"{_AT}.integrations.list",
        "one of lambda, http, mock, dynamodb",
        "such as 'mock: {}'",
    ),
    (
        "two-kinds",
        _with("integrations:\n  list:\n    mock: {}\n    sqs: {queue: orders}"),
        25,
        f"{_AT}.integrations.list.sqs",
        "one of lambda",
        "remove all but one",
    ),
    (
        "kind-misspelt",
        _with("integrations:\n  list: {mok: {}}"),
        23,
        f"{_AT}.integrations.list.mok",
        "lambda, http, mock",
        "did you mean 'mock'?",
    ),
    (
        "url",
        _with("integrations:\n  list: {http: {url: example.com}}"),
        23,
        f"{_AT}.integrations.list.http.url",
        "http:// or https://",
        "",
    ),
    (
        "source",
        _with("integrations:\n  list: {sqs: {queue: orders, message: the body}}"),
        23,
        f"{_AT}.integrations.list.sqs.message",
        "path.<name>, query.<name>",
        "",
    ),
    (
        "table",
        _with("integrations:\n  list: {dynamodb: {action: Query, table: notes}}"),
        23,
        f"{_AT}.integrations.list.dynamodb.table",
        "declares no tables",
        "declare it under services.foods.tables",
    ),
    (
        "action",
        _with("integrations:\n  list: {sqs: {queue: a}, timeout_ms: 30000}"),
        23,
        f"{_AT}.integrations.list.timeout_ms",
        "from 50 to 29000",
        "",
    ),
    (
        "template-elsewhere",
        _with("integrations:\n  list: {sqs: {queue: a}, request_template: other/a.vtl}"),
        23,
        f"{_AT}.integrations.list.request_template",
        "something below foods",
        "move it to lambda_src/foods",
    ),
    (
        "handler-elsewhere",
        _with('integrations:\n  list: {lambda: {handler: "other.a:b"}}'),
        23,
        f"{_AT}.integrations.list.lambda.handler",
        "something below foods",
        "move it to lambda_src/foods",
    ),
    (
        "status-unquoted",
        _with("integrations:\n  list: {mock: {}, responses: {teapot: {}}}"),
        23,
        f"{_AT}.integrations.list.responses.teapot",
        "a status from 200 to 599",
        "",
    ),
    (
        "variable-reserved",
        _with("stage_variables: {lambdaAlias: live}"),
        22,
        f"{_AT}.stage_variables.lambdaAlias",
        "another name",
        "rename it",
    ),
    (
        "variable-name",
        _with("stage_variables: {a-b: c}"),
        22,
        f"{_AT}.stage_variables.a-b",
        "letters, digits and underscores",
        "",
    ),
    (
        "variable-value",
        _with("stage_variables: {host: a b}"),
        22,
        f"{_AT}.stage_variables.host",
        "- . _ ~ : / ? # & = ,",
        "",
    ),
    (
        "variables-too-many",
        _with("stage_variables: {" + ", ".join(f"v{n}: x" for n in range(100)) + "}"),
        22,
        f"{_AT}.stage_variables",
        "at most 99",
        "remove some",
    ),
    (
        "variables-of-no-api",
        ("    build_for: host\n", "    build_for: host\n    stage_variables: {foods-v2: {a: b}}\n"),
        9,
        "environments.local.stage_variables.foods-v2",
        "foods-v1, orders-v2",
        "did you mean 'foods-v1'?",
    ),
    (
        "variable-not-declared",
        ("    build_for: host\n", "    build_for: host\n    stage_variables: {foods-v1: {a: b}}\n"),
        9,
        "environments.local.stage_variables.foods-v1.a",
        "foods-v1 declares none",
        "declare it in stage_variables",
    ),
    (
        "resource",
        (
            "    build_for: host\n  prod:\n",
            "    build_for: host\n    resources: {orders: my-queue}\n  prod:\n"
            '    resources: {orders: "arn:aws:sqs:{region}:{account}:orders"}\n',
        ),
        9,
        "environments.local.resources.orders",
        "an ARN in quotes",
        "",
    ),
    (
        "image-without-validation",
        (f"        {_ROUTES}\n", f"        contract: foods/openapi.yaml\n        {_IMAGE}\n"),
        22,
        f"{_AT}.image",
        "an image with backend_validates: true",
        "add 'backend_validates: true'",
    ),
    (
        "image-beside-a-handler",
        (
            f"        {_ROUTES}\n",
            f"        contract: foods/openapi.yaml\n        {_IMAGE}\n"
            '        handler: "foods.a:b"\n',
        ),
        22,
        f"{_AT}.image",
        "and no handler",
        "remove one of them",
    ),
    (
        "image-beside-routes",
        _with(_IMAGE),
        22,
        f"{_AT}.image",
        "routes, or contract with handler",
        "remove it, or write 'contract'",
    ),
    (
        "load-balancer",
        (
            "    build_for: host\n  prod:\n",
            "    build_for: host\n"
            "    vpc_links: {a: {load_balancer: b, subnets: [subnet-0a1b2c3d]}}\n"
            '  prod:\n    vpc_links: {a: {load_balancer: "arn:aws:elasticloadbalancing:{region}:'
            '{account}:loadbalancer/app/a/1", subnets: [subnet-0a1b2c3d]}}\n',
        ),
        9,
        "environments.local.vpc_links.a.load_balancer",
        "the ARN of an Application or Network Load Balancer",
        "",
    ),
    (
        "compression",
        _with("compression: -1"),
        22,
        f"{_AT}.compression",
        "from 0 to 10485760",
        "",
    ),
    (
        "binary",
        _with("binary_media_types: [image]"),
        22,
        f"{_AT}.binary_media_types[0]",
        "a media type",
        "",
    ),
]

# What no schema of one value says.
BETWEEN_FIELDS = {
    "table",
    "template-elsewhere",
    "handler-elsewhere",
    "variable-reserved",
    "variables-too-many",
    "variables-of-no-api",
    "variable-not-declared",
    "image-without-validation",
    "image-beside-a-handler",
}
