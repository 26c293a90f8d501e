"""What a version says of an app that it already has: a WSGI or a Chalice one."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from gatewright.config.rules import one_of
from gatewright.config.section import Section
from gatewright.config.values import Function

Method = Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
METHODS: tuple[Method, ...] = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
"""Those of an app that names none. A preflight is the gateway's, so OPTIONS is not among them."""


class AppFields(Section):
    """The fields of a version that an app of another framework answers."""

    wsgi: Function | None = Field(
        None,
        description="<folder>.<module>:<attribute> below lambda_src/ that holds a WSGI application "
        "(PEP 3333), such as one of Flask or Django. In place of routes, or of a handler.",
    )
    chalice: Function | None = Field(
        None,
        description="<folder>.<module>:<attribute> below lambda_src/ that holds a chalice.Chalice, "
        "whose routes are the contract. In place of routes.",
    )
    methods: tuple[Annotated[Method, one_of(*get_args(Method))], ...] = Field(
        METHODS,
        min_length=1,
        description="The methods that a WSGI application without a contract is asked by; all but "
        "OPTIONS by default.",
    )
    security: tuple[dict[str, tuple[str, ...]], ...] | None = Field(
        None,
        description="What callers of an app need where it does not say so itself, as OpenAPI "
        "writes it: [{}] (nothing), [{api_key: []}], [{cognito: []}] or [{cognito: [<scope>]}].",
    )
