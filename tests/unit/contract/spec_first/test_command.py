"""`python -m gatewright.contract FILE`."""

import pytest

from gatewright.contract.__main__ import main
from tests.unit.contract.spec_first.descriptions import Folder, description, operation, taking

FORMAT = {"type": "string", "format": "email"}


def test_what_can_be_served_is_told_with_what_was_rewritten(
    shop: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.write(description({"/a": {"get": operation() | {"operationId": "a-b"}}}, servers=[{}]))
    file = shop.path / "openapi.yaml"
    assert main([str(file)]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"{file} can be served: 1 operation\n")
    assert "Rewritten, with the same meaning (1)\n  the operationId 'a-b' is a_b" in told
    assert "Documents only: the gateway is not told (1)\n  servers is left out" in told
    assert "openapi.yaml:" in told
    assert "GET /a  /paths/~1a/get" in told


def test_what_is_refused_is_told_with_place_reason_and_remedy(
    shop: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    paths: dict[str, object] = {f"/{name}": {"get": {"responses": {}}} for name in "abcde"}
    made = description(paths)
    del made["security"]
    file = str(shop.write(made).path / "openapi.yaml")
    assert main([file]) == 1
    told = capsys.readouterr().out
    assert told.startswith(f"{file} is refused: 5 problems\n")
    assert "\nRefused (5)\n  nobody chose who may call it\n    at " in told
    assert "and 2 more (--all names them)" in told
    assert "    remedy: write security: []" in told
    assert (
        "Where the function checks the rest (backend_validates: true), 5 problems are left" in told
    )
    assert main([file, "--all"]) == 1
    assert "more (--all" not in capsys.readouterr().out


def test_what_the_function_would_make_of_it_is_told(
    shop: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(shop.write(taking({"type": "object", "properties": {"a": FORMAT}})).path)
    assert main([f"{file}/openapi.yaml"]) == 1
    assert "(backend_validates: true), it can be served." in capsys.readouterr().out
    assert main([f"{file}/openapi.yaml", "--backend-validates"]) == 0


def test_references_may_be_given_a_wider_folder(
    shop: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.write("type: object\n", "common/order.yaml")
    shop.write(taking({"$ref": "../common/order.yaml"}), "v1/openapi.yaml")
    file = str(shop.path / "v1" / "openapi.yaml")
    assert main([file]) == 1
    assert "outside of the folder v1" in capsys.readouterr().out
    assert main([file, "--folder", str(shop.path)]) == 0


def test_half_a_character_is_told_of(shop: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    text = '{"openapi": "3.0.3", "paths": {"/\\ud800": {"get": {"responses": {}}}}}'
    shop.write(text, "openapi.json")
    assert main([str(shop.path / "openapi.json")]) == 1
    assert "GET /\\ud800" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere/openapi.yaml"]) == 1
    assert "cannot be read: no such file" in capsys.readouterr().out


def test_wrong_arguments_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2
    assert "usage: python -m gatewright.contract" in capsys.readouterr().err
