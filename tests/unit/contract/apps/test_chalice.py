"""A Chalice app's routes become a contract. One test per mistake."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from gatewright.contract import Contract, ContractError, public_document, read_chalice
from gatewright.contract.authorizer import Authorizer

HEAD = """\
from chalice import Chalice, CognitoUserPoolAuthorizer, CustomAuthorizer, IAMAuthorizer
app = Chalice(app_name="shop")
guests = CognitoUserPoolAuthorizer("guests", provider_arns=["arn"])
"""
OPEN: Sequence[Mapping[str, Sequence[str]]] = ({},)
Read = Callable[..., Contract]


@pytest.fixture
def read(tmp_path: Path, chalice_package: Path) -> Read:
    def reading(text: str, app: str = "shop.app:app", **options: object) -> Contract:
        service = tmp_path / "lambda_src" / "shop"
        service.mkdir(parents=True, exist_ok=True)
        (service / "__init__.py").touch()
        (service / "app.py").write_text(HEAD + text)
        return read_chalice(
            source=tmp_path / "lambda_src",
            app=app,
            name="shop",
            version="v1",
            title="Shop",
            packages=[chalice_package],
            **options,  # type: ignore[arg-type]
        )

    return reading


def refused(read: Read, text: str, **options: object) -> str:
    with pytest.raises(ContractError) as caught:
        read(text, **options)
    return str(caught.value)


def test_routes_become_operations_with_what_they_ask_for(read: Read) -> None:
    contract = read(
        """
@app.route("/")
def index(): pass
@app.route("/items/{name}", methods=["GET", "PUT"], api_key_required=True)
def item(name): pass
@app.route("/orders", methods=["POST"], authorizer=guests.with_scopes(["shop/write"]))
def order(): pass
""",
        security=OPEN,
    )
    asked = {o.name: (o.operation_id, o.schemes) for o in contract.operations()}
    assert asked == {
        "GET /": ("index", {}),
        "GET /items/{name}": ("get_item", {"api_key": []}),
        "PUT /items/{name}": ("put_item", {"api_key": []}),
        "POST /orders": ("order", {"cognito": ["shop/write"]}),
    }
    validate(public_document(contract, server_url="https://shop.example/live"))


def test_bodies_are_of_the_content_types_that_the_route_takes(read: Read) -> None:
    contract = read(
        """
@app.route("/a", methods=["PUT"], content_types=["image/png", "text/plain"])
def a(): pass
""",
        security=OPEN,
    )
    (operation,) = contract.operations()
    assert operation.body is not None
    assert list(operation.body["content"]) == ["image/png", "text/plain"]
    assert operation.validated_body is None
    assert "image/png" in contract.binary_media_types


def test_an_operation_knows_its_line(read: Read) -> None:
    (operation,) = read('@app.route("/")\ndef index(): pass\n', security=OPEN).operations()
    assert operation.source == "lambda_src/shop/app.py:4"


def test_a_route_for_which_nobody_chose_is_refused(read: Read) -> None:
    told = refused(read, '@app.route("/a")\ndef a(): pass\n')
    assert "GET /a (lambda_src/shop/app.py:4): nobody chose who may call it\n" in told
    assert "'security: [{}]' (anybody)" in told


OWN = """
@app.authorizer()
def doorman(request): pass
@app.route("/a", authorizer=doorman)
def a(): pass
@app.route("/b", authorizer=CustomAuthorizer("elsewhere", "arn"))
def b(): pass
@app.route("/c", authorizer=IAMAuthorizer(), api_key_required=True)
def c(): pass
"""


def declared(name: str) -> Authorizer:
    return Authorizer(
        name=name,
        asked_as="token",
        identity_sources=("header.Authorization",),
        cache_seconds=0,
        scheme={"type": "http", "scheme": "bearer"},
    )


def test_authorizers_are_those_that_are_declared_by_their_names(read: Read) -> None:
    contract = read(OWN, authorizers=[declared("doorman"), declared("elsewhere")])
    asked = {o.name: o.schemes for o in contract.operations()}
    assert asked == {
        "GET /a": {"doorman": []},
        "GET /b": {"elsewhere": []},
        "GET /c": {"api_key": [], "iam": []},
    }


def test_an_authorizer_that_would_not_be_asked_is_refused(read: Read) -> None:
    told = refused(read, OWN, authorizers=[declared("doorman")])
    assert (
        "GET /b (lambda_src/shop/app.py:9): its authorizer elsewhere is a function, which" in told
    )
    assert "authorizers: {elsewhere: {type: token, function: <folder>.<module>:<function>}}" in told
    assert "doorman" not in told


def test_two_scopes_of_one_route_are_refused(read: Read) -> None:
    text = '@app.route("/a", authorizer=guests.with_scopes(["a/b", "a/c"]))\ndef a(): pass\n'
    assert "it asks for the scopes a/b, a/c" in refused(read, text)


@pytest.mark.parametrize(
    ("here", "reason"),
    [
        (None, "its cors lets in pages of *, and platform.yaml none\n"),
        ("https://shop.example", "pages of *, and platform.yaml those of https://shop.example\n"),
    ],
)
def test_pages_that_the_gateway_would_not_let_in_are_told(
    read: Read, here: str | None, reason: str
) -> None:
    text = '@app.route("/a", cors=True)\ndef a(): pass\n'
    told = refused(read, text, security=OPEN, allow_origin=here)
    assert reason in told
    assert 'write cors: {allow_origin: "*"} under the version there' in told


def test_another_object_is_refused(read: Read) -> None:
    told = refused(read, "", app="shop.app:guests")
    assert (
        "chalice shop.app:guests: it is a CognitoUserPoolAuthorizer, not a chalice.Chalice" in told
    )


def test_an_app_that_cannot_be_imported_is_told_with_its_line(read: Read) -> None:
    told = refused(read, 'raise RuntimeError("no table")\n')
    assert "chalice shop.app:app (" in told
    assert "app.py:4): importing it raised RuntimeError: no table" in told
