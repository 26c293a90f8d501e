"""Mapping templates, rendered by mock integrations of a running server.

Cases from 'Mapping template transformations' and its reference:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from local.gaps import json_path
from tests.local_gaps.running import Aws, document, mock


@dataclass(frozen=True)
class Case:
    """A template, and what it renders to for the request of `test_request_template`."""

    template: str
    expected: str


BODY = {
    "name": 'Ada\'s "cat"',
    "price": 2.5,
    "count": 3,
    "tags": ["a", "b"],
    "nested": {"x": 1, "deep": {"y": None}},
    "photos": [{"id": "1", "title": "one"}, {"id": "2", "title": "two"}],
}

# Each is the value of the request header-free text `out` that the template builds.
REQUEST_CASES = {
    "input.path value": Case("$input.path('$.count')", "3"),
    "input.path of a missing value": Case("[$input.path('$.none')]", "[]"),
    "input.path of an object prints as Java": Case("$input.path('$.nested.deep')", "{y=null}"),
    "input.path of a list prints as JSON": Case("$input.path('$.tags')", '["a","b"]'),
    "input.path walks": Case("#set($root = $input.path('$'))$root.nested.x", "1"),
    "input.path index": Case("$input.path('$.photos[1].title')", "two"),
    "input.path wildcard": Case("$input.path('$.photos[*].id')", '["1","2"]'),
    "input.path deep": Case("$input.path('$..title')", '["one","two"]'),
    "input.path bracket": Case("$input.path(\"$['nested']['x']\")", "1"),
    "input.json object": Case("$input.json('$.nested')", '{"x":1,"deep":{"y":null}}'),
    "input.json string is quoted": Case("$input.json('$.photos[0].id')", '"1"'),
    "input.json list": Case("$input.json('$.tags')", '["a","b"]'),
    "input.body": Case("#if($input.body.contains('price'))yes#end", "yes"),
    "size of a list": Case("$input.path('$.tags').size()", "2"),
    "keySet": Case(
        "#foreach($k in $input.path('$.nested').keySet())$k#if($foreach.hasNext),#end#end", "x,deep"
    ),
    "foreach": Case(
        "#foreach($p in $input.path('$.photos'))$foreach.index:$p.id #end", "0:1 1:2 "
    ),
    "missing python-like key": Case("[$input.path('$').items]", "[]"),
    "if else": Case("#if($input.path('$.count') > 2)many#{else}few#end", "many"),
    "params path": Case("$input.params('id')", "7"),
    "params query": Case("$input.params('scope')", "internal"),
    "params header, any case": Case("$input.params('x-trace')", "t1"),
    "params missing": Case("[$input.params('none')]", "[]"),
    "params path before query": Case("$input.params('both')", "path"),
    "params()": Case("$input.params().querystring.get('scope')", "internal"),
    "params() by name": Case("$input.params().get('path').get('id')", "7"),
    "context": Case("$context.httpMethod $context.resourcePath $context.stage",
                    "POST /{case}/{id}/{both} live"),
    "context missing": Case("[$context.authorizer.claims.sub]", "[]"),
    "context identity": Case("$context.identity.sourceIp", "127.0.0.1"),
    "context path": Case("$context.path", "/live/CASE/7/path"),
    "stage variable": Case("$stageVariables.colour", "red"),
    "stage variable braces": Case("${stageVariables.colour}dish", "reddish"),
    "stage variable bracket": Case("$stageVariables['colour']", "red"),
    "escapeJavaScript": Case("$util.escapeJavaScript($input.path('$.name'))",
                             "Ada\\'s \\\"cat\\\""),
    "escapeJavaScript and back": Case(
        "$util.escapeJavaScript($input.path('$.name')).replaceAll(\"\\\\'\",\"'\")",
        "Ada's \\\"cat\\\"",
    ),
    "escapeJavaScript unicode": Case("$util.escapeJavaScript('é/')", "\\u00E9\\/"),
    "parseJson": Case("#set($o = $util.parseJson('{\"errorMessage\":{\"a\":[1]}}'))"
                      "$o.errorMessage.a[0]", "1"),
    "urlEncode": Case("$util.urlEncode('a b&c=d~')", "a+b%26c%3Dd%7E"),
    "urlDecode": Case("$util.urlDecode('a+b%26c')", "a b&c"),
    "base64Encode": Case("$util.base64Encode('hello')", "aGVsbG8="),
    "base64Decode": Case("$util.base64Decode('aGVsbG8=')", "hello"),
    "undefined variable": Case("[$nothing]", "[]"),
    "comment": Case("a## not this\nb", "ab"),
}  # fmt: skip

STAGE_VARIABLES = {"colour": "red"}


@pytest.fixture(scope="module")
def api_id(aws: Aws) -> str:
    """Every case is a path; its request template keeps the text for the response to print."""
    paths = {}
    for name, case in REQUEST_CASES.items():
        keep = (
            f"#set($out)#end"
            f"#define($out){case.template}#end"
            '#set($context.requestOverride.path.out = "$out"){"statusCode": 200}'
        ).removeprefix("#set($out)#end")
        paths[f"/{slug(name)}/{{id}}/{{both}}"] = {
            "post": mock("$context.requestOverride.path.out", keep)
        }
    return aws.import_api(document(paths), STAGE_VARIABLES)


def slug(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in name)


@pytest.mark.parametrize("name", REQUEST_CASES)
def test_request_template(aws: Aws, api_id: str, name: str) -> None:
    answer = aws.call(
        api_id,
        f"/{slug(name)}/7/path",
        "POST",
        params={"scope": "internal", "both": "query"},
        headers={"X-Trace": "t1"},
        json=BODY,
    )
    expected = REQUEST_CASES[name].expected
    expected = expected.replace("{case}", slug(name)).replace("CASE", slug(name))
    assert (answer.status_code, answer.text) == (200, expected)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("$", {"a": [1, {"b": 2}]}),
        ("$.a[0]", 1),
        ("$.a[-1].b", 2),
        ("a[1].b", 2),
        ("$.a[9]", None),
        ("$..b", [2]),
        ("$.a.*", [1, {"b": 2}]),
        ("$.a.b", None),
    ],
)
def test_json_path(path: str, expected: object) -> None:
    assert json_path.evaluate(path, json.loads('{"a": [1, {"b": 2}]}')) == expected


PETS = {"pets": [{"n": "a", "price": 1}, {"n": "b", "price": 2}, {"n": "c"}], "one": "abc"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("$.pets[?(@.price)].n", ["a", "b"]),
        ("$.pets[?(@.price > 1)].n", ["b"]),
        ("$.pets[?(@.n == 'a' || @.n == 'c')].n", ["a", "c"]),
        ("$.pets[?(@.none)]", []),
        ("$.pets[0:2].n", ["a", "b"]),
        ("$.pets[-1:].n", ["c"]),
        ("$.pets[0,2].n", ["a", "c"]),
        ("pets[1:].n", ["b", "c"]),
        ("$.pets.length()", 3),
        ("$.pets[?(@.price)].length()", 2),
        ("$.one.length()", 3),
        ("$.none.length()", None),
    ],
)
def test_json_path_with_filters(path: str, expected: object) -> None:
    assert json_path.evaluate(path, PETS) == expected


@pytest.mark.parametrize("path", ["$.a[?", "$.a[", "$.a[(@.length-1)]"])
def test_what_is_no_json_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"JSONPath .* cannot be read"):
        json_path.evaluate(path, {"a": [1]})
