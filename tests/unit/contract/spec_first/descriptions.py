"""Small API descriptions, written to a folder and read."""

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from gatewright.contract import Contract, Problem
from gatewright.contract.spec_first import Note, ReadDescription, read_description

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Folder:
    """A folder of descriptions, ``lambda_src/shop``."""

    path: Path

    def write(self, content: str | JsonObject, name: str = "openapi.yaml") -> "Folder":
        """A file with this text, or with this object as YAML."""
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")
        return self

    def read(self, name: str = "openapi.yaml", **options: Any) -> ReadDescription:
        found: dict[str, Any] = {"backend_validates": True, "name": "shop", **options}
        return read_description(
            file=self.path / name,
            folder=self.path,
            version="v1",
            title="Shop",
            shown_from=self.path.parent.parent,
            **found,
        )

    def contract(self, **options: Any) -> Contract:
        """The contract; the test fails where it is refused."""
        found = self.read(**options)
        assert found.contract is not None, "\n".join(map(str, found.problems))
        return found.contract

    def problems(self, **options: Any) -> list[Problem]:
        found = self.read(**options)
        assert found.contract is None
        return list(found.problems)

    def problem(self, **options: Any) -> Problem:
        """The only one."""
        (problem,) = self.problems(**options)
        return problem


def texts(notes: tuple[Note, ...], kind: str) -> list[str]:
    return [note.text for note in notes if note.kind == kind]


def description(paths: JsonObject, version: str = "3.0.3", /, **more: Any) -> JsonObject:
    """A description whose operations anybody may call, unless they say otherwise."""
    return {
        "openapi": version,
        "info": {"title": "Shop", "version": "1"},
        "security": [],
        "paths": paths,
        **more,
    }


def taking(schema: Any, version: str = "3.0.3", /, **schemas: Any) -> JsonObject:
    """One operation with this schema of a body, and these components."""
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    paths = {"/orders": {"post": operation(requestBody=body)}}
    return description(paths, version, components={"schemas": schemas})


def operation(**more: Any) -> JsonObject:
    return {"operationId": "order", "responses": {"200": {"description": "ok"}}, **more}


def body_schema(contract: Contract) -> Any:
    """The schema of the body of ``taking``."""
    body = contract.document["paths"]["/orders"]["post"]["requestBody"]
    return body["content"]["application/json"]["schema"]
