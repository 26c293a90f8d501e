"""One version of one API, whole: function, release, gateway."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aws_cdk import Stack
from constructs import Construct

from gatewright.api.deployment import Deployment
from gatewright.api.rest_api import RestApi
from gatewright.api.settings import ApiSettings
from gatewright.api.stage import STAGE_NAME, Stage, Throttle
from gatewright.backends.lambda_backend import (
    LAMBDA_ALIAS_VARIABLE,
    FunctionSettings,
    LambdaBackend,
)
from gatewright.contract import Contract, GatewayBinding, compile_gateway
from gatewright.operations.log_groups import LogKeeping
from gatewright.release.function_release import FunctionRelease
from gatewright.release.release_id import release_id

if TYPE_CHECKING:
    from gatewright.backends.integration_backends import IntegrationBackends


class ContractApi(Construct):
    """A REST API that is its contract, answered by one Lambda function and by its integrations.

    ``function`` is None where integrations answer every operation; ``settings`` are what they
    need.

    ``key_authorizer`` is a second one, for a contract whose ``api_key_source`` is ``AUTHORIZER``:
    it is asked with every request that needs an API key, and answers with the caller's key.

    The order is the release's: function, version and alias, deployment, stage. ``name`` is the
    RestApi's; ``user_pool_arns`` are the pools whose tokens the ``cognito`` scheme accepts, and
    may be empty when no operation asks for one; ``allow_origin`` is the one origin whose pages may
    call, ``*``, or None. Raises ContractError when the contract breaks a rule.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        contract: Contract,
        function: FunctionSettings | None,
        key_authorizer: FunctionSettings | None = None,
        user_pool_arns: tuple[str, ...] = (),
        allow_origin: str | None = None,
        throttle: Throttle = Throttle(),
        logs: LogKeeping = LogKeeping(),
        settings: ApiSettings = ApiSettings(),
    ) -> None:
        super().__init__(scope, construct_id)
        self.backend = (
            LambdaBackend(self, "Function", settings=function, logs=logs) if function else None
        )
        self.key_authorizer = (
            LambdaBackend(self, "KeyAuthorizer", settings=key_authorizer, logs=logs)
            if key_authorizer
            else None
        )
        self.integrations = self._integrations(contract, settings, logs)
        binding = GatewayBinding(
            title=name,
            integration_uri=self.backend and self.backend.invocation_uri,
            user_pool_arns=user_pool_arns,
            allow_origin=allow_origin,
            api_key_source=contract.api_key_source,
            key_authorizer_uri=self.key_authorizer and self.key_authorizer.invocation_uri,
            binary_media_types=settings.binary_media_types,
            minimum_compression_size=settings.minimum_compression_size,
            integrations=self.integrations.deployed if self.integrations else None,
        )
        self.rest_api = RestApi(
            self, "RestApi", name=name, document=compile_gateway(contract, binding)
        )
        self.release = self._release()
        self.stage = self._stage(throttle, logs, settings.stage_variables)

    @property
    def url(self) -> str:
        """The stage's address on AWS, with a slash at its end."""
        stack = Stack.of(self)
        host = f"{self.rest_api.rest_api_id}.execute-api.{stack.region}.{stack.url_suffix}"
        return f"https://{host}/{self.stage.stage_name}/"

    def _integrations(
        self, contract: Contract, settings: ApiSettings, logs: LogKeeping
    ) -> "IntegrationBackends | None":
        if not contract.integrations:
            return None
        # Not above: most platforms have none.
        from gatewright.backends.integration_backends import IntegrationBackends

        return IntegrationBackends(
            self,
            "Integrations",
            contract=contract,
            settings=settings,
            own=self.backend,
            logs=logs,
        )

    def _release(self) -> FunctionRelease | None:
        backends = {"Function": self.backend} if self.backend else {}
        if self.key_authorizer:
            backends["KeyAuthorizer"] = self.key_authorizer
        if self.integrations:
            backends |= self.integrations.functions
        if not backends:
            return None
        release = release_id([backend.configuration for backend in backends.values()])
        for backend in backends.values():
            backend.mark_release(release)
        return FunctionRelease(
            self,
            "Release",
            release_id=release,
            functions={name: backend.function for name, backend in backends.items()},
            authorizers=backends.keys() & {"KeyAuthorizer"},
            rest_api_id=self.rest_api.rest_api_id,
            stage_name=STAGE_NAME,
        )

    def _stage(self, throttle: Throttle, logs: LogKeeping, variables: Mapping[str, str]) -> Stage:
        release = self.release
        alias = {LAMBDA_ALIAS_VARIABLE: release.alias_name} if release else {}
        after = [release] if release else []
        return Stage(
            self,
            "Stage",
            rest_api=self.rest_api,
            deployment=Deployment(self, "Deployment", rest_api=self.rest_api, after=[*after]),
            variables={**alias, **variables},
            throttle=throttle,
            logs=logs,
            after=[*after],
        )
