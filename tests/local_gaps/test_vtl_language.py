"""The language of mapping templates, rendered without a server.

Cases from the examples of 'Mapping template transformations', the reference of its variables,
'Override your API's request and response parameters', and the user guide of Velocity 1.7:
https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
https://velocity.apache.org/engine/1.7/user-guide.html
Where API Gateway differs from Velocity, the tests of airspeed-ext recorded it:
https://github.com/localstack/airspeed/blob/main/tests/test_templating.snapshot.json
"""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from local.gaps import patch, velocity_loops, velocity_scalars, vtl
from local.gaps.velocity_values import JavaMap, Overrides

BODY = {
    "word": "Hello, World",
    "items": [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}],
    "map": {"x": "1", "y": "2"},
    "empty": "",
    "none": None,
    "yes": True,
    "price": 1.5,
    "errorMessage": '{"key1":"var1","key2":{"arr":[1,2,3]}}',
}
WORD = "#set($w = $input.path('$.word'))"

CASES: dict[str, str | None] = {
    # strings
    WORD + "$w.length()": "12",
    WORD + "$w.toLowerCase() $w.toUpperCase()": "hello, world HELLO, WORLD",
    WORD + "$w.substring(7) $w.substring(0, 5)": "World Hello",
    WORD + "$w.substring(99)": None,
    WORD + "$w.indexOf('o') $w.lastIndexOf('o') $w.indexOf('z')": "4 8 -1",
    WORD + "$w.startsWith('Hell') $w.endsWith('!')": "true false",
    WORD + "$w.equals('Hello, World') $w.equalsIgnoreCase('hello, world')": "true true",
    WORD + "$w.replace('l', 'L')": "HeLLo, WorLd",
    WORD + "$w.replaceAll('(o)', '<$1>')": "Hell<o>, W<o>rld",
    WORD + "$w.replaceFirst('l+', '')": "Heo, World",
    WORD + "$w.matches('Hello.*') $w.matches('Hello')": "true false",
    WORD + "$w.concat('!').trim()": "Hello, World!",
    WORD + "$w.charAt(1)": "e",
    WORD + "$w.split(', ').get(1)": "World",
    WORD + "$w.split('[, ]+').size()": "2",
    "#set($v = '1.2.3')$v.split('\\.')[2]": "3",
    "#set($v = 'a,b,,')$v.split(',').size()": "2",
    "$input.path('$.empty').isEmpty()": "true",
    "#set($v = 'a')$v.isEmpty()": "false",
    "$input.body.contains('price')": "true",
    # numbers
    "#set($Integer = 0)#set($n = $Integer.parseInt('7') + 1)$n": "8",
    "#set($n = 7)$n.toString().length()": "1",
    "#set($n = 5 / 2)$n": "2",
    "#set($n = 5 % 2)$n": "1",
    "#set($n = 5 / 0)$n": None,
    "#set($n = 2 * 3 + 4)$n": "10",
    "#set($n = 2 + 3 * 4)$n": "14",
    "$input.path('$.price') $input.path('$.yes')": "1.5 true",
    # lists and maps
    "#set($l = [])#set($x = $l.add('a'))$l.size() $l": "1 [a]",
    "#set($l = ['a', 'b'])$l $l.contains('b') $l.indexOf('c') $l.get(0)": "[a, b] true -1 a",
    "#set($l = [1..3])#foreach($n in $l)$n#end": "123",
    "#set($m = {'a': 1, 'b': [1, 2]})$m $m.a $m.b.size()": "{a=1, b=[1, 2]} 1 2",
    "#set($m = {})#set($x = $m.put('k', 'v'))$m.get('k') $m.containsKey('k')": "v true",
    "#set($m = {})#set($m['a b'] = 1)#set($m.c = 2)$m": "{a b=1, c=2}",
    "#set($m = $input.path('$.map'))$m.x$m['y']$m.size()$m.keySet()$m.values()":
        '122["x","y"]["1","2"]',
    "#foreach($e in $input.path('$.map').entrySet())$e.key=$e.value;#end": "x=1;y=2;",
    "#foreach($value in $input.path('$.map'))$value#end": "12",
    "$input.path('$.items').count() $input.path('$').items.size()": "2 2",
    "$input.path('$.items')[1].name $input.path('$.items').get(0).name": "b a",
    "#set($root = $input.path('$'))$root.toString().contains('errorMessage')": "true",
    # loops
    "#foreach($i in $input.path('$.items'))$foreach.index$foreach.count$i.name"
    "#if($foreach.hasNext),#end#end": "01a,12b",
    "#foreach($i in $input.path('$.items'))$velocityCount#end": "12",
    "#foreach($i in [1..2])#foreach($j in [1..2])$i$j #end#end": "11 12 21 22 ",
    "#foreach($i in $nothing)x#end-": "-",
    "#foreach($i in [])x#end-": "-",
    "#foreach($i in [1..1000])#end-": "-",
    "#foreach($i in [1..1001])#end-": None,
    "#foreach($i in [1..2])#break#end": None,
    # conditions: API Gateway differs from Velocity in that null is true, and !null false
    "#if($input.path('$.none'))a#{else}b#end": "a",
    "#if($nothing)a#elseif(1 == 1)b#{else}c#end": "a",
    "#if(!$nothing)a#{else}b#end": "b",
    "#if(false)a#elseif(1 == 1)b#{else}c#end": "b",
    "#if(!false && $input.path('$.yes'))a#end": "a",
    "#if($input.path('$.word') == 'Hello, World' || false)a#end": "a",
    "#if($input.path('$.price') >= 1)a#end": "a",
    "#if($input.params('none') == '')a#end": "a",
    "#if((1 == 1 && 2 == 3) || 4 != 5)a#end": "a",
    # text, quotes, comments
    '#set($a = "x")#set($b = "${a}y")$b ${b}z $!nothing.': "xy xyz .",
    "#set($a = 'x')#set($b = '$a')$b": "$a",
    '#set($a = "say ""hi""")$a': 'say "hi"',
    "a#* all\nof it *#b": "ab",
    "{\"$schema\": \"x\"}": '{"": "x"}',
    # AWS's functions
    "#set ($o = $util.parseJson($input.path('$.errorMessage')))$o.key2.arr[0]": "1",
    "$util.base64Decode($util.base64Encode('é'))": "é",
    "$util.parseJson('{')": None,
    "$util.urlDecode($util.urlEncode('a b/é'))": "a b/é",
    "$input.json('$.items[0]')": '{"id":1,"name":"a"}',
    "$util.escapeJavaScript($input.json('$.map'))": '{\\"x\\":\\"1\\",\\"y\\":\\"2\\"}',
    "$input.params().header.get('X-One')$input.params().header.get('x-one')": "11",
    "$input.params().get('path').get('id')$input.params().querystring.q": "7last",
    "#foreach($t in $input.params().keySet())$t #end": "path querystring header ",
    "$stageVariables.v ${stageVariables['v']}": "one one",
    "$context.stage ${context.stage}d $context.nothing.at.all": "live lived ",
    # overrides are final
    "#set($context.requestOverride.header.a = '1')#set($context.requestOverride.header.b = '2')ok":
        "ok",
    "#set($context.requestOverride.header.a = '1')#set($context.requestOverride.header.a = '2')":
        None,
    "#set($context.responseOverride.status = 1)#set($context.responseOverride.status = 2)": None,
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _patched() -> None:
    patch.apply((*velocity_scalars.PATCHES, *velocity_loops.PATCHES))


def render(template: str) -> str:
    payload = vtl.Input(
        body=json.dumps(BODY),
        path_parameters={"id": "7"},
        query_parameters={"q": "last"},
        headers={"x-one": "1"},
    )
    overrides: dict[str, Any] = {
        "requestOverride": JavaMap(header=Overrides()),
        "responseOverride": Overrides(header=Overrides()),
    }
    context = JavaMap(stage="live", **overrides)
    return vtl.render(template, payload=payload, context=context, stage_variables={"v": "one"})


@pytest.mark.parametrize("template", CASES)
def test_template(template: str) -> None:
    expected = CASES[template]
    if expected is None:
        with pytest.raises(vtl.TemplateError):
            render(template)
    else:
        assert render(template) == expected


def test_a_large_template_is_refused() -> None:
    with pytest.raises(vtl.TemplateError, match="at most 307200 bytes"):
        render("x" * (vtl.LIMIT + 1))


PIECES = (
    "#if(", "#elseif(", "#else", "#end", "#foreach(", "#set(", "#define(", "#macro(", "#stop",
    "$", "${", "}", ")", "(", "[", "]", "{", "$x", "$input", ".path('$.items')", ".json('$')",
    ".params()", "$context", ".a", " in ", " = ", "==", "&&", "!", "..", "1", "'", '"', "\\", "#",
    "##", "#*", "*#", "$util", ".parseJson(", ",", " ", "\n", "é", "$foreach.index", "#break",
    "#include('x')", "#parse('x')", "#evaluate($x)", ".size()", ".split('(')", "|", "-",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_no_template_does_anything_but_render_or_fail(seed: int) -> None:
    """A template of pieces put together at random is text or a TemplateError, nothing else."""
    chance = random.Random(seed)
    for _ in range(50):
        template = "".join(chance.choices(PIECES, k=chance.randint(1, 14)))
        try:
            assert isinstance(render(template), str)
        except vtl.TemplateError:
            continue
