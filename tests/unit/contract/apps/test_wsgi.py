"""What is said of a WSGI application before anything is deployed. One test per mistake."""

from pathlib import Path

import pytest

from gatewright.contract import ContractError, check_wsgi_app

LOCK = "apig-wsgi==2.20.0 \\\n    --hash=sha256:0\n"


def problem(tmp_path: Path, app: str, text: str = "", lock: str = LOCK) -> str:
    service = tmp_path / "lambda_src" / "shop"
    service.mkdir(parents=True)
    (service / "app.py").write_text(text)
    (service / "requirements.txt").write_text(lock)
    with pytest.raises(ContractError) as caught:
        check_wsgi_app("shop-v1", source=tmp_path / "lambda_src", app=app)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "app = object()",
        "from flask import Flask as app",
        "def app(environ, start_response): ...",
        "try:\n    app = 1\nexcept ValueError:\n    app = 2",
        "from elsewhere import *",
    ],
)
def test_an_app_that_is_there_is_taken(tmp_path: Path, text: str) -> None:
    service = tmp_path / "lambda_src" / "shop"
    service.mkdir(parents=True)
    (service / "__init__.py").write_text(text)
    (service / "requirements.txt").write_text(LOCK)
    check_wsgi_app("shop-v1", source=tmp_path / "lambda_src", app="shop:app")


def test_a_module_that_is_not_there(tmp_path: Path) -> None:
    told = problem(tmp_path, "shop.wsgi:app")
    assert "there is no module shop.wsgi below lambda_src\n  remedy: create it there" in told


def test_a_name_that_the_module_does_not_give(tmp_path: Path) -> None:
    told = problem(tmp_path, "shop.app:app", "application = 1")
    assert "(lambda_src/shop/app.py:1): the module has no app\n" in told
    assert "remedy: did you mean 'application'?" in told or "remedy: define app" in told


def test_a_module_that_is_no_python(tmp_path: Path) -> None:
    told = problem(tmp_path, "shop.app:app", "\napp = (")
    assert "(lambda_src/shop/app.py:2): it is no valid Python" in told


def test_a_service_without_the_adapter(tmp_path: Path) -> None:
    told = problem(tmp_path, "shop.app:app", "app = 1", lock="flask==3.1.3\n")
    assert "(lambda_src/shop/requirements.txt): apig-wsgi, which hands it the requests" in told
    assert "run `make lock SERVICE=shop`" in told
