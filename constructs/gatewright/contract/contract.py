"""A contract: the OpenAPI document of one version of one API."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from gatewright.contract.authorizer import Authorizer
from gatewright.contract.document import METHODS, JsonObject, pointer
from gatewright.contract.lifecycle import ACTIVE, Lifecycle

if TYPE_CHECKING:
    from gatewright.contract.problems import Problem
    from gatewright.integrations.integration import Integration

_FROM_TEXT = ("schemas", "_operations", "_read")
JSON = "application/json"
SecurityRequirement = dict[str, list[str]]
KeySource = Literal["HEADER", "AUTHORIZER"]
"""Where API Gateway finds a caller's API key. AWS: "Choose an API key source"."""


@dataclass(frozen=True)
class Operation:
    """One method of one path. ``definition`` is its Operation Object, parameters inline.

    ``security`` is None when nothing was written down, and ``({},)`` for anonymous access
    (OpenAPI 3.0.3, Security Requirement Object). ``any_body`` and ``binary_media_types`` are the
    Contract's.
    """

    method: str
    path: str
    operation_id: str | None
    security: tuple[SecurityRequirement, ...] | None
    definition: JsonObject
    source: str = ""
    any_body: bool = False
    binary_media_types: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How people speak of it: ``GET /foods``."""
        return f"{self.method} {self.path}"

    @property
    def throttle_key(self) -> str:
        """How a usage plan names it (AWS: ApiStage of a UsagePlan): ``/foods/GET``."""
        return f"{self.path}/{self.method}"

    @property
    def schemes(self) -> dict[str, list[str]]:
        """The scopes of each security scheme that must be satisfied; empty for anonymous."""
        return self.security[0] if self.security else {}

    @property
    def parameters(self) -> list[JsonObject]:
        """Its Parameter Objects."""
        return list(self.definition.get("parameters", []))

    @property
    def body(self) -> JsonObject | None:
        """Its Request Body Object."""
        return self.definition.get("requestBody")

    @property
    def validated_body(self) -> JsonObject | None:
        """Its body, if API Gateway validates it: a JSON one that may not be left out."""
        body = self.body
        if body is None or not self.any_body:
            return body
        has_model = "schema" in body["content"].get(JSON, {})
        return body if body.get("required") and has_model else None

    def pointer(self, *parts: object) -> str:
        """A JSON pointer to a part of this operation."""
        return pointer("paths", self.path, self.method.lower(), *parts)


@dataclass(frozen=True)
class Contract:
    """What one version of an API promises.

    ``name`` is the service (``foods``), ``version`` its version (``v1``), ``title`` for people.
    ``text`` is the OpenAPI 3.0.3 document as JSON: text, so that nobody changes it unseen.
    ``api_key_source`` is ``AUTHORIZER`` where callers send credentials of the service's own in the
    header Authorization, for which its authorizer names a key.
    ``backend_validates`` says that the backend checks at run time what API Gateway does not; what
    neither checks is refused. ``any_body`` says that it also checks bodies of other media types
    than JSON, and those that may be left out, which API Gateway hands on as they are.
    ``binary_media_types`` (which may be ``*/*`` or ``image/*``) stay bytes: a function is sent
    them, and answers them, as base64.
    ``authorizers`` are those that operations may ask for by name. ``lifecycle`` says until when it
    is served. ``sources`` says where operations were written: ``{"GET /foods": "file:line"}``.

    ``integrations`` answer some operations in place of the version's function; ``has_function``
    is False where there is none, so that all have to. What they may name: ``stage_variables``, and
    ``resources`` that every environment declares.
    """

    name: str
    version: str
    title: str
    text: str
    backend_validates: bool = False
    any_body: bool = False
    api_key_source: KeySource = "HEADER"
    binary_media_types: tuple[str, ...] = ()
    authorizers: tuple[Authorizer, ...] = ()
    lifecycle: Lifecycle = ACTIVE
    sources: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    integrations: tuple["Integration", ...] = ()
    has_function: bool = True
    stage_variables: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()

    @property
    def api_name(self) -> str:
        """The name and version as one: ``foods-v1``."""
        return f"{self.name}-{self.version}"

    @property
    def document(self) -> JsonObject:
        """A copy of the OpenAPI 3.0.3 document."""
        document: JsonObject = json.loads(self.text)
        return document

    @cached_property
    def schemas(self) -> JsonObject:
        """The schema components by name. Not to be changed."""
        schemas: JsonObject = self._read.get("components", {}).get("schemas", {})
        return schemas

    @property
    def calls_function(self) -> bool:
        """Whether some operation is answered by the version's function."""
        integrated = {i.operation for i in self.integrations if not _is_default(i)}
        return any(o.operation_id not in integrated for o in self.operations())

    @property
    def handlers(self) -> list[str]:
        """The functions that integrations name, beside the version's own."""
        found = {str(getattr(i.target, "handler", "")) for i in self.integrations}
        return sorted(found - {""})

    def operations(self) -> Iterator[Operation]:
        """Every operation, by path and then in OpenAPI's order of methods. Not to be changed."""
        return iter(self._operations)

    @cached_property
    def problems(self) -> tuple["Problem", ...]:
        """What breaks a rule of ``check_contract``; it is kept with the contract."""
        from gatewright.contract.check import all_problems

        return tuple(all_problems(self))

    def __getstate__(self) -> dict[str, Any]:
        # What follows from the text is read sooner from the text than from a pickle.
        return {name: value for name, value in vars(self).items() if name not in _FROM_TEXT}

    @cached_property
    def _operations(self) -> tuple[Operation, ...]:
        return tuple(
            self._operation(path, method.upper(), item[method])
            for path, item in sorted(self._read["paths"].items())
            for method in METHODS
            if method in item
        )

    @cached_property
    def _read(self) -> JsonObject:
        return self.document

    def _operation(self, path: str, method: str, definition: dict[str, Any]) -> Operation:
        security = definition.get("security")
        return Operation(
            method=method,
            path=path,
            operation_id=definition.get("operationId"),
            security=None if security is None else tuple(security),
            definition=definition,
            source=self.sources.get(f"{method} {path}", ""),
            any_body=self.any_body,
            binary_media_types=self.binary_media_types,
        )


def _is_default(integration: "Integration") -> bool:
    return getattr(integration.target, "handler", None) == ""
