"""Stands before a WSGI application (PEP 3333), and asks it what API Gateway asks the function.

Lambda asks this module for ``handler``; the application is named by GATEWRIGHT_HANDLER.
"""

import importlib
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from gatewright.runtime.contract_function import Handler, guarded
from gatewright.runtime.variables import ANY_BODY_VARIABLE, HANDLER_VARIABLE

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def __getattr__(name: str) -> Handler:
    """``handler``, made when Lambda initialises the function and not when this is imported."""
    if name != "handler":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = os.environ[HANDLER_VARIABLE].rpartition(".")
    application = getattr(importlib.import_module(module), attribute)
    any_body = os.environ.get(ANY_BODY_VARIABLE) == "true"
    return wsgi_handler(application, any_body=any_body)


def wsgi_handler(application: Application, *, any_body: bool) -> Handler:
    """A Lambda function (payload format 1.0) that ``application`` answers.

    ``any_body`` is False behind a contract whose bodies API Gateway validates: another content
    type than JSON, which it would let pass, is then a 415.
    """
    from apig_wsgi import make_lambda_handler

    handler = make_lambda_handler(mounted(application), binary_support=True)
    return guarded(handler, any_body=any_body)


def mounted(application: Application) -> Application:
    """``application`` where it is served: below a stage, or below the base path of a domain.

    PEP 3333: SCRIPT_NAME is the part of the path that leads to the application, which makes its
    links from it; PATH_INFO is the rest.
    """

    def inside(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        prefix, path = split_path(environ["apig_wsgi.full_event"])
        environ |= {"SCRIPT_NAME": _latin(prefix), "PATH_INFO": _latin(path)}
        return application(environ, start_response)

    return inside


def split_path(event: Mapping[str, Any]) -> tuple[str, str]:
    """What leads to the application, and the path in it.

    ``path`` of an event begins with the base path of a custom domain, which the resource has not
    (AWS: "API mappings"); ``requestContext.path`` begins with that, or with the stage.
    """
    path = event["path"]
    # A base path has nothing that is written as %41; parameters have, and come decoded.
    base = unquote(path).removesuffix(_from_resource(event))
    base = "" if base == unquote(path) and event.get("resource") != "/" else base
    path = path.removeprefix(base.rstrip("/")) or "/"
    whole = event.get("requestContext", {}).get("path") or path
    prefix = whole.removesuffix(path) if whole.endswith(path) else base
    return prefix.rstrip("/"), path


def _from_resource(event: Mapping[str, Any]) -> str:
    path: str = event.get("resource") or event["path"]
    for name, value in (event.get("pathParameters") or {}).items():
        path = path.replace(f"{{{name}+}}", value).replace(f"{{{name}}}", value)
    return unquote(path)


def _latin(path: str) -> str:
    # PEP 3333: the bytes of a path, each as a character.
    return unquote_to_bytes(path).decode("iso-8859-1")
