"""What a Chalice app tells about its routes. Chalice itself is the service's, and not needed here.

https://aws.github.io/chalice/api.html
"""

import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

AuthorizerKind = Literal["cognito", "iam", "custom", "built-in"]

_KINDS: dict[str, AuthorizerKind] = {
    "CognitoUserPoolAuthorizer": "cognito",
    "IAMAuthorizer": "iam",
    "CustomAuthorizer": "custom",
    "ChaliceAuthorizer": "built-in",
}


@dataclass(frozen=True)
class ChaliceRoute:
    """One method of one path. ``source`` is the ``file:line`` of its view.

    ``authorizer`` is None where it has none; ``authorizer_name`` and ``scopes`` are that
    authorizer's. ``allow_origin`` is the origin that its ``cors`` lets in.
    """

    method: str
    path: str
    view: str
    source: str
    api_key_required: bool
    authorizer: AuthorizerKind | None
    authorizer_name: str
    scopes: tuple[str, ...]
    content_types: tuple[str, ...]
    allow_origin: str | None

    @property
    def name(self) -> str:
        """``GET /foods``."""
        return f"{self.method} {self.path}"


def is_chalice(candidate: Any) -> bool:
    """Whether it is a ``chalice.Chalice``, or of a class made from that."""
    return any(
        kind.__name__ == "Chalice" and kind.__module__.partition(".")[0] == "chalice"
        for kind in type(candidate).__mro__
    )


def chalice_routes(app: Any, source: Path) -> tuple[ChaliceRoute, ...]:
    """Every route, by path and method. ``source`` is the folder that views are below."""
    return tuple(
        _route(method, path, entry, source)
        for path, entries in sorted(app.routes.items())
        for method, entry in sorted(entries.items())
    )


def _route(method: str, path: str, entry: Any, source: Path) -> ChaliceRoute:
    authorizer = entry.authorizer
    return ChaliceRoute(
        method=method,
        path=path,
        view=entry.view_function.__name__,
        source=_line(entry.view_function, source),
        api_key_required=bool(entry.api_key_required),
        authorizer=None if authorizer is None else _kind(authorizer),
        authorizer_name=str(getattr(authorizer, "name", "")),
        scopes=tuple(getattr(authorizer, "scopes", None) or ()),
        content_types=tuple(entry.content_types),
        allow_origin=entry.cors.allow_origin if entry.cors else None,
    )


def _kind(authorizer: Any) -> AuthorizerKind:
    kinds = (_KINDS.get(made.__name__) for made in type(authorizer).__mro__)
    return next((kind for kind in kinds if kind), "custom")


def _line(view: Any, source: Path) -> str:
    code = inspect.unwrap(view).__code__
    file = Path(code.co_filename)
    if file.is_relative_to(source):
        file = file.relative_to(source.parent)
    return f"{file}:{code.co_firstlineno}"
