"""Mistakes in versions that an app of another framework answers."""

from tests.unit.config.mistakes_deployed import Case

_ROUTES = "        routes: foods.v1.handler:app\n"
_AT = "services.foods.versions.v1"


def _case(name: str, lines: str, line: int, field: str, allowed: str, remedy: str) -> Case:
    text = "".join(f"        {part}\n" for part in lines.split("; "))
    return (name, (_ROUTES, text), line, f"{_AT}.{field}", allowed, remedy)


_ONE = "one of routes, contract with handler, wsgi, chalice"
MISTAKES: list[Case] = [
    _case("wsgi-open-or-not", "wsgi: foods.app:app", 21, "wsgi", "[{}] (anybody)", "add 'security"),
    _case(
        "wsgi-beside-routes",
        "wsgi: foods.app:app; routes: foods.app:app; security: [{}]",
        22,
        "routes",
        _ONE,
        "remove one of them",
    ),
    _case(
        "wsgi-with-a-handler",
        "wsgi: foods.app:app; contract: foods/openapi.yaml; handler: foods.app:f",
        23,
        "handler",
        _ONE,
        "remove one of them",
    ),
    _case(
        "wsgi-with-two-choices",
        "wsgi: foods.app:app; contract: foods/openapi.yaml; security: [{}]",
        23,
        "security",
        "wsgi without a contract, or chalice",
        "remove it",
    ),
    _case(
        "wsgi-with-methods-of-a-contract",
        "wsgi: foods.app:app; contract: foods/openapi.yaml; methods: [GET]",
        23,
        "methods",
        "wsgi alone",
        "remove it",
    ),
    _case(
        "wsgi-validates-nothing",
        "wsgi: foods.app:app; security: [{}]; backend_validates: true",
        23,
        "backend_validates",
        "wsgi with a contract",
        "add 'contract: <folder>/openapi.yaml'",
    ),
    _case(
        "wsgi-in-another-folder",
        "wsgi: drinks.app:app; contract: foods/openapi.yaml",
        21,
        "wsgi",
        "an app below foods",
        "move it to lambda_src/foods",
    ),
    _case(
        "wsgi-and-chalice",
        "wsgi: foods.app:app; chalice: foods.app:app; security: [{}]",
        22,
        "chalice",
        _ONE,
        "remove one of them",
    ),
    _case(
        "chalice-with-a-contract",
        "chalice: foods.app:app; contract: foods/openapi.yaml",
        22,
        "contract",
        _ONE,
        "remove it",
    ),
    _case(
        "security-beside-routes",
        "routes: foods.v1.handler:app; security: [{}]",
        22,
        "security",
        "wsgi without a contract, or chalice",
        "remove it",
    ),
    _case(
        "method-unknown",
        "wsgi: foods.app:app; security: [{}]; methods: [GET, get]",
        23,
        "methods[1]",
        "GET, HEAD, POST",
        "did you mean 'GET'?",
    ),
    _case(
        "security-is-no-list",
        "wsgi: foods.app:app; security: none",
        22,
        "security",
        "a list",
        "did you mean [none]?",
    ),
]
