"""Templates of services are checked before anything is deployed. One test for each message."""

import subprocess
import sys

import pytest

from gatewright.contract import Problem
from gatewright.integrations.integration import Integration, ResponseMapping, Template
from gatewright.integrations.targets import HttpTarget, LambdaTarget, SqsTarget, Target
from tests.unit.integrations.contracts import contract, integrated, problems

FILE = "lambda_src/shop/a.vtl"
ESCAPED = """$util.escapeJavaScript($input.params('owner')).replaceAll("\\\\'","'")"""
OPTIONAL = "$input.path('$.note')"


def made(text: str, target: Target = LambdaTarget("shop.jobs.make")) -> list[Problem]:  # noqa: B008
    template = {"application/json": Template(text, FILE)}
    return problems(contract(integrated(target, request_templates=template)))


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "$input.json('$')",
        "{\"a\": $input.json('$.name'), \"n\": $input.path('$.count')}",
        f'{{"a": "{ESCAPED}"}}',
        '{"a": "$util.base64Encode($input.body)", "b": "$stageVariables.host"}',
        '{"a": "$stageVariables.lambdaAlias", "b": "$context.identity.sourceIp"}',
        '{"a": "$!{context.authorizer.claims.sub}", "b": "$context.authorizer.anything"}',
        "#set($x = $input.path('$'))\n## $context.unknown\n{\"n\": $x.count}",
        "#* $context.unknown *#{}",
        '#set($context.requestOverride.header.X-A = "b"){}',
        f'{{"a": 1#if("$!{OPTIONAL[1:]}" != ""), "b": $input.json(\'$.note\')#end}}',
        "[#foreach($tag in $input.path('$.tags'))1#if($foreach.hasNext),#end#end]",
        '{"a": "$input.json(\'$..count\')"}',
        '{"a": "$context.requestId.replaceAll("-", "")"}',
    ],
)
def test_what_api_gateway_renders_is_accepted(text: str) -> None:
    assert made(text) == []


@pytest.mark.parametrize(
    ("text", "line", "reason", "remedy"),
    [
        ("{\n#if($input.json('$.a'))1", 2, "is no VTL: line 2", "end with #end"),
        ("#foreach($a in $b)", 1, "is no VTL", "end with #end"),
        ("{}#end", 1, "is no VTL", "mend that line"),
        ("#set($a = )", 1, "expected expression in assignment", "mend that line"),
        ('{"a":\n"$context.requestID"}', 2, "has no $context.requestID", "'requestId'"),
        ('{"a": "$context.error.message"}', 1, "has no $context.error.message", "AWS"),
        ('{"a":\n\n"$stageVariables.hots"}', 3, "no stage variable hots", "'host'"),
        ('{"a": "$stageVariables.get(\'b\')"}', 1, "no stage variable b", "declare b"),
        ('{"a": "$util.escapeJavascript(1)"}', 1, "$util.escapeJavascript", "'escapeJavaScript'"),
        ('{"a": "$util.toJson(1)"}', 1, "no $util.toJson", "use base64Decode"),
        ('{"a": "$input.param(\'b\')"}', 1, "no $input.param", "'params'"),
        ('{"a": 1,}', 1, "does not make JSON", "commas"),
        ("a=1", 1, "does not make JSON", "commas"),
        ("{\"a\": $input.path('$.name')}", 1, "does not make JSON", "commas"),
        ("{\"a\": $input.params('n')}", 1, "does not make JSON", "commas"),
        ("{\"a\": $input.path('$.tags[0].x')}", 1, "does not make JSON", "commas"),
        ('{"a": "$input.params(\'owner\')"}', 1, "gets out of its place", "escapeJavaScript"),
        ('{"a": "$input.path(\'$.name\')"}', 1, "gets out of its place", "$input.json"),
        (
            '{"a": "$util.escapeJavaScript($input.params(\'owner\'))"}',
            1,
            "gets out of its place",
            "replaceAll",
        ),
        (
            "{\"a\": 1#if($input.path('$.note') != 'x'), \"b\": $input.params('n')#end}",
            1,
            "does not make JSON",
            "commas",
        ),
    ],
)
def test_a_mistake_is_told_with_file_and_line(
    text: str, line: int, reason: str, remedy: str
) -> None:
    (problem,) = made(text)
    assert reason in problem.reason
    assert remedy in problem.remedy
    assert problem.source == f"{FILE}:{line}"


def test_what_a_request_may_leave_out_is_left_out() -> None:
    number = {"type": "object", "properties": {"n": {"type": "integer"}}}
    template = {"application/json": Template("{\"a\": $input.path('$.n')}", FILE)}
    integration = integrated(LambdaTarget("shop.jobs.make"), request_templates=template)
    (problem,) = problems(contract(integration, body=number))
    assert "without what a request may leave out" in problem.reason
    assert "on a condition" in problem.remedy


def test_a_form_keeps_its_fields() -> None:
    queue = SqsTarget("orders")
    assert made("Action=SendMessage&MessageBody=$util.urlEncode($input.body)", queue) == []
    (problem,) = made("Action=SendMessage&MessageBody=$input.path('$.name')", queue)
    assert "gets out of its place in a form" in problem.reason
    assert "urlEncode" in problem.remedy
    (problem,) = made("{}", queue)
    assert "does not make a form" in problem.reason


def test_another_format_is_the_endpoints_to_read() -> None:
    assert made("<a>$input.params('owner')</a>", HttpTarget("https://a.example")) == []
    (problem,) = made('{"a": "$input.params(\'owner\')"}', HttpTarget("https://a.example"))
    assert "gets out of its place" in problem.reason


def test_a_template_is_within_the_quota() -> None:
    (problem,) = made('{"a": "' + "a" * 300 * 1024 + '"}')
    assert "bytes, and API Gateway takes 307,200" in problem.reason


def test_templates_of_answers_are_read_too() -> None:
    integration = Integration(
        "op",
        HttpTarget("https://a.example"),
        responses=(ResponseMapping(200, template=Template("\n$context.stge", FILE)),),
    )
    (problem,) = problems(contract(integration))
    assert problem.source == f"{FILE}:2"


def test_who_writes_no_template_loads_no_parser() -> None:
    code = (
        "import sys, gatewright.config, gatewright.contract, gatewright.integrations\n"
        "import stacks.contracts, gatewright.integrations.check, gatewright.integrations.compile\n"
        "print('airspeed' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
