"""One version of one API, whole: function, release, gateway."""

from collections.abc import Mapping

from constructs import Construct

from gatewright.api.deployment import Deployment
from gatewright.api.reach import Reach
from gatewright.api.rest_api import RestApi
from gatewright.api.stage import STAGE_NAME, Stage, Throttle, stage_url
from gatewright.backends.lambda_backend import (
    LAMBDA_ALIAS_VARIABLE,
    FunctionSettings,
    LambdaBackend,
)
from gatewright.contract import Contract, GatewayBinding, compile_gateway
from gatewright.operations.log_groups import LogKeeping
from gatewright.release.function_release import FunctionRelease
from gatewright.release.release_id import release_id


class ContractApi(Construct):
    """A REST API that is its contract, answered by one Lambda function.

    ``key_authorizer`` is a second one, for a contract whose ``api_key_source`` is ``AUTHORIZER``:
    it is asked with every request that needs an API key, and answers with the caller's key.

    The order is the release's: function, version and alias, deployment, stage. ``name`` is the
    RestApi's; ``user_pool_arns`` are the pools whose tokens the ``cognito`` scheme accepts, and
    may be empty when no operation asks for one; ``allow_origin`` is the one origin whose pages may
    call, ``*``, or None; ``lifecycle_headers`` are those of every answer that the gateway gives;
    ``reach`` is for an API that has a domain. Raises ContractError when the contract breaks a rule.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        contract: Contract,
        function: FunctionSettings,
        key_authorizer: FunctionSettings | None = None,
        user_pool_arns: tuple[str, ...] = (),
        allow_origin: str | None = None,
        lifecycle_headers: Mapping[str, str] | None = None,
        reach: Reach = Reach(),
        throttle: Throttle = Throttle(),
        logs: LogKeeping = LogKeeping(),
    ) -> None:
        super().__init__(scope, construct_id)
        self.backend = LambdaBackend(self, "Function", settings=function, logs=logs)
        self.key_authorizer = (
            LambdaBackend(self, "KeyAuthorizer", settings=key_authorizer, logs=logs)
            if key_authorizer
            else None
        )
        binding = GatewayBinding(
            title=name,
            integration_uri=self.backend.invocation_uri,
            user_pool_arns=user_pool_arns,
            allow_origin=allow_origin,
            api_key_source=contract.api_key_source,
            key_authorizer_uri=self.key_authorizer and self.key_authorizer.invocation_uri,
            lifecycle_headers=lifecycle_headers or {},
        )
        self.rest_api = RestApi(
            self,
            "RestApi",
            name=name,
            document=compile_gateway(contract, binding),
            reach=reach,
        )
        self.release = self._release()
        self.stage = self._stage(throttle, logs)

    @property
    def url(self) -> str:
        """The stage's address on AWS, with a slash at its end."""
        return stage_url(self, self.rest_api, self.stage)

    def _release(self) -> FunctionRelease:
        backends = {"Function": self.backend}
        if self.key_authorizer:
            backends["KeyAuthorizer"] = self.key_authorizer
        release = release_id([backend.configuration for backend in backends.values()])
        for backend in backends.values():
            backend.mark_release(release)
        return FunctionRelease(
            self,
            "Release",
            release_id=release,
            functions={name: backend.function for name, backend in backends.items()},
            authorizers=backends.keys() - {"Function"},
            rest_api_id=self.rest_api.rest_api_id,
            stage_name=STAGE_NAME,
        )

    def _stage(self, throttle: Throttle, logs: LogKeeping) -> Stage:
        return Stage(
            self,
            "Stage",
            rest_api=self.rest_api,
            deployment=Deployment(self, "Deployment", rest_api=self.rest_api, after=[self.release]),
            variables={LAMBDA_ALIAS_VARIABLE: self.release.alias_name},
            throttle=throttle,
            logs=logs,
            after=[self.release],
        )
