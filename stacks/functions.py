"""The settings of an environment's functions, from platform.yaml."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from gatewright.backends import FunctionSettings, TableUse
from gatewright.backends.container_image import ContainerImage
from gatewright.bundling import HOST, LAMBDA, Bundle, bundle_service
from gatewright.bundling.jwt_authorizer import JWT_HANDLER, bundle_jwt_authorizer
from gatewright.config import ApiConfig, AuthorizerFields, Environment, TableAccess
from gatewright.integrations.deployed import Deployed
from gatewright.runtime.variables import (
    ALLOW_ORIGIN_VARIABLE,
    ANY_BODY_VARIABLE,
    HANDLER_VARIABLE,
    METRICS_NAMESPACE_VARIABLE,
    SERVICE_NAME_VARIABLE,
    table_variable,
)
from stacks.authorizers import jwt_variables
from stacks.contracts import BUNDLES
from stacks.data import DataStack

# What stands before a function whose contract is a file, or which is a WSGI application.
_GUARD = "gatewright.runtime.contract_function.handler"
_WSGI = "gatewright.runtime.wsgi_function.handler"
TARGETS = {"host": HOST, "lambda": LAMBDA}
# Checking a signature takes milliseconds; what takes time is the first load of its library.
_JWT_MEMORY_MB = 512
_JWT_TIMEOUT_SECONDS = 10
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Functions:
    """Knows where functions come from, and what they are told.

    ``namespace`` is that of their metrics; ``data`` has the stacks of the services' tables.
    """

    def __init__(
        self, root: Path, environment: Environment, namespace: str, data: Mapping[str, DataStack]
    ) -> None:
        self._root = root
        self._environment = environment
        self._namespace = namespace
        self._data = data

    def settings(
        self,
        api: ApiConfig,
        handler: str,
        most: TableAccess = "write",
        *,
        told: Mapping[str, str] = _NOTHING,
        more: Mapping[str, bytes] | None = None,
    ) -> FunctionSettings:
        """Those of the function ``handler``.

        ``most`` is what it may do with the tables of the version, ``told`` are more environment
        variables, ``more`` are files beside its code.
        """
        tables = self._tables_of(api, most)
        # The authorizer of such an API is called by the gateway, and stands alone.
        guard = _guard(api) if handler == api.answers else None
        return FunctionSettings(
            code=self._code(api, handler, more),
            handler=guard or handler,
            memory_mb=api.memory_mb,
            timeout_seconds=api.timeout_seconds,
            environment={
                SERVICE_NAME_VARIABLE: api.api_name,
                METRICS_NAMESPACE_VARIABLE: self._namespace,
                **(_guarding(api) if guard else {}),
                **({ALLOW_ORIGIN_VARIABLE: api.allow_origin} if api.allow_origin else {}),
                **told,
                **{table_variable(name): use.name for name, use in tables.items()},
            },
            tables=tuple(tables.values()),
        )

    def jwt_authorizer(
        self, api: ApiConfig, fields: AuthorizerFields, table: Mapping[str, bytes]
    ) -> FunctionSettings:
        """Those of the platform's own authorizer; ``table`` are the operations it decides on."""
        target = TARGETS[self._environment.build_for]
        return FunctionSettings(
            code=bundle_jwt_authorizer(target, self._root / BUNDLES, table),
            handler=JWT_HANDLER,
            memory_mb=_JWT_MEMORY_MB,
            timeout_seconds=_JWT_TIMEOUT_SECONDS,
            environment={SERVICE_NAME_VARIABLE: api.api_name, **jwt_variables(fields)},
        )

    def _code(
        self, api: ApiConfig, handler: str, more: Mapping[str, bytes] | None
    ) -> Bundle | ContainerImage:
        if api.image and handler == api.answers:
            here = Deployed(region=self._environment.region, account=self._environment.account)
            return ContainerImage(here.filled(api.image.uri), api.image.architecture)
        return bundle_service(
            self._root / "lambda_src" / api.package,
            TARGETS[self._environment.build_for],
            self._root / BUNDLES,
            more,
        )

    def _tables_of(self, api: ApiConfig, most: TableAccess) -> dict[str, TableUse]:
        tables = self._data[api.service].tables if api.tables else {}
        return {
            name: TableUse(
                name=tables[name].table_name,
                arn=tables[name].table_arn,
                access=access if most == "write" else most,
            )
            for name, access in api.tables.items()
        }


def _guard(api: ApiConfig) -> str | None:
    """What stands before the function that answers, if anything does."""
    if api.wsgi:
        return _WSGI
    return _GUARD if (api.contract and not api.image) or api.chalice else None


def _guarding(api: ApiConfig) -> dict[str, str]:
    # Without a contract file there is nothing that the gateway validates.
    any_body = {ANY_BODY_VARIABLE: "true"} if api.backend_validates or not api.contract else {}
    return {HANDLER_VARIABLE: api.answers, **any_body}
