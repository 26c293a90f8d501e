"""Small services to read, and what they are read into."""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gatewright.contract import Authorizer, Contract, ContractError, GatewayBinding, read_routes

PRELUDE = """
from typing import Annotated, Any, Literal
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.openapi.params import Body, Cookie, Header, Path, Query
from pydantic import BaseModel, ConfigDict, Field
app = APIGatewayRestResolver(enable_validation=True)
"""

BINDING = GatewayBinding(
    title="shop-local-goods-v1",
    integration_uri={"Fn::Join": ["", ["arn:", "function"]]},
    user_pool_arns=("arn:aws:cognito-idp:eu-west-1:1:userpool/p",),
    allow_origin="*",
)


@dataclass(frozen=True)
class Service:
    """A folder with a service, ``goods.handler``, that can be written and read again."""

    source: Path

    def write(self, code: str, *, prelude: str = PRELUDE) -> "Service":
        package = self.source / "goods"
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").touch()
        (package / "handler.py").write_text(prelude + textwrap.dedent(code))
        return self

    def read(self, routes: str = "goods.handler:app", packages: Sequence[Path] = ()) -> Contract:
        return read_routes(
            source=self.source,
            routes=routes,
            name="goods",
            version="v1",
            title="Goods",
            packages=packages,
        )

    def read_with(self, authorizers: tuple[Authorizer, ...]) -> Contract:
        """With the authorizers of its version."""
        return read_routes(
            source=self.source,
            routes="goods.handler:app",
            name="goods",
            version="v1",
            title="Goods",
            authorizers=authorizers,
        )

    def refusal(self, routes: str = "goods.handler:app") -> ContractError:
        with pytest.raises(ContractError) as caught:
            self.read(routes)
        return caught.value


Read = Callable[[str], Contract]


def schema_of(contract: Contract, name: str) -> Any:
    return contract.document["components"]["schemas"][name]
