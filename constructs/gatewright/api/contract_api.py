"""One version of one API, whole: function, release, gateway."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from constructs import Construct

from gatewright.api.released_stages import ReleasedStages
from gatewright.api.rest_api import EndpointSettings, RestApi
from gatewright.api.settings import ApiSettings
from gatewright.api.stage import is_alone
from gatewright.api.stage_settings import STAGE_NAME, StageSettings
from gatewright.api.staged_api import StagedApi
from gatewright.api.stream_settings import StreamSettings
from gatewright.backends.lambda_backend import (
    FunctionSettings,
    LambdaBackend,
)
from gatewright.contract import (
    CachedOperation,
    Contract,
    GatewayBinding,
    compile_gateway,
)
from gatewright.contract.quotas import ApiQuotas, check_body_size, check_quotas
from gatewright.operations.log_groups import LogKeeping
from gatewright.release.canary_settings import CanarySettings
from gatewright.release.function_release import FunctionRelease
from gatewright.release.release_id import release_id

if TYPE_CHECKING:
    from gatewright.backends.integration_backends import IntegrationBackends


class ContractApi(StagedApi):
    """A REST API that is its contract, answered by one Lambda function and by its integrations.

    ``function`` is None where integrations answer every operation; ``settings`` are what they
    need.

    ``key_authorizer`` is a second one, for a contract whose ``api_key_source`` is ``AUTHORIZER``:
    it is asked with every request that needs an API key, and answers with the caller's key.
    ``authorizers`` are the functions of the authorizers that the contract declares, by name.
    ``resource_policy`` is an IAM policy of who may call at all.
    ``streams`` is another one, which answers some operations bit by bit.

    The order is the release's: function, version and alias, deployment, stages. ``stages`` are one
    or more, the first of which is the API's own address; a pinned one stays where it is, whatever
    the others do. ``name`` is the RestApi's; ``user_pool_arns`` are the pools whose tokens the
    ``cognito`` scheme accepts, and may be empty when no operation asks for one; ``allow_origin`` is
    the one origin whose pages may call, ``*``, or None; ``lifecycle_headers`` are those of every
    answer that the gateway gives; ``cached`` is what may be kept of answers, by operation id, which
    a stage with a cache does; ``quotas`` are the account's; with a ``canary``, a release is tried
    on a share of the requests first. Raises ContractError when the contract breaks a rule, or is
    above a quota.
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
        authorizers: Mapping[str, FunctionSettings] | None = None,
        resource_policy: Mapping[str, Any] | None = None,
        streams: StreamSettings | None = None,
        user_pool_arns: tuple[str, ...] = (),
        allow_origin: str | None = None,
        lifecycle_headers: Mapping[str, str] | None = None,
        cached: Mapping[str, CachedOperation] | None = None,
        endpoint: EndpointSettings = EndpointSettings(),
        stages: Sequence[StageSettings] = (StageSettings(),),
        logs: LogKeeping = LogKeeping(),
        settings: ApiSettings = ApiSettings(),
        quotas: ApiQuotas = ApiQuotas(),
        canary: CanarySettings | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        self.backend = self._backend("Function", function, logs)
        self.key_authorizer = self._backend("KeyAuthorizer", key_authorizer, logs)
        self.integrations = self._integrations(contract, settings, logs)
        self.authorizers = {
            name: LambdaBackend(self, _authorizer_id(name), settings=asked, logs=logs)
            for name, asked in (authorizers or {}).items()
        }
        self.stream = self._backend("Stream", streams.function if streams else None, logs)
        binding = replace(
            self._binding(contract, settings),
            title=name,
            user_pool_arns=user_pool_arns,
            allow_origin=allow_origin,
            lifecycle_headers=lifecycle_headers or {},
            vpc_endpoints=endpoint.vpc_endpoints,
            streams=streams.binding(self.stream) if streams and self.stream else None,
            cached=cached or {},
            resource_policy=resource_policy,
        )
        self.rest_api = self._rest_api(contract, binding, endpoint, quotas)
        self.release = self._release(stages, tested=bool(canary and canary.smoke))
        self.stages = ReleasedStages(
            scope=self,
            name=name,
            rest_api=self.rest_api,
            release=self.release,
            canary=canary,
            logs=logs,
            smoke=_smoke(contract, canary, streams),
        ).of(stages, settings.stage_variables)

    def _rest_api(
        self,
        contract: Contract,
        binding: GatewayBinding,
        endpoint: EndpointSettings,
        quotas: ApiQuotas,
    ) -> RestApi:
        document = compile_gateway(contract, binding)
        check_quotas(contract.api_name, document, quotas)
        made = RestApi(self, "RestApi", name=binding.title, document=document, endpoint=endpoint)
        check_body_size(contract.api_name, len(made.text))
        return made

    def _backend(
        self, construct_id: str, settings: FunctionSettings | None, logs: LogKeeping
    ) -> LambdaBackend | None:
        return LambdaBackend(self, construct_id, settings=settings, logs=logs) if settings else None

    def _binding(self, contract: Contract, settings: ApiSettings) -> GatewayBinding:
        """What the contract is bound to of the functions, and of what else answers."""
        types = dict.fromkeys((*contract.binary_media_types, *settings.binary_media_types))
        return GatewayBinding(
            title="",
            integration_uri=self.backend and self.backend.invocation_uri,
            user_pool_arns=(),
            allow_origin=None,
            api_key_source=contract.api_key_source,
            key_authorizer_uri=self.key_authorizer and self.key_authorizer.invocation_uri,
            binary_media_types=tuple(types),
            minimum_compression_size=settings.minimum_compression_size,
            integrations=self.integrations.deployed if self.integrations else None,
            authorizer_uris={n: a.invocation_uri for n, a in self.authorizers.items()},
        )

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

    def _release(self, stages: Sequence[StageSettings], *, tested: bool) -> FunctionRelease | None:
        backends = {"Function": self.backend} if self.backend else {}
        if self.key_authorizer:
            backends["KeyAuthorizer"] = self.key_authorizer
        if self.stream:
            backends["Stream"] = self.stream
        if self.integrations:
            backends |= self.integrations.functions
        backends |= {_authorizer_id(name): asked for name, asked in self.authorizers.items()}
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
            authorizers={"KeyAuthorizer", *map(_authorizer_id, self.authorizers)} & backends.keys(),
            rest_api_id=self.rest_api.rest_api_id,
            # A release that is promoted is called by stages that may not be there yet.
            stage_name=STAGE_NAME if is_alone(stages) else "*",
            tested=tested and is_alone(stages),
        )


def _smoke(
    contract: Contract, canary: CanarySettings | None, streams: StreamSettings | None
) -> str:
    if not canary or not canary.smoke:
        return ""
    # Not above: most platforms have none.
    from gatewright.release.smoke_calls import smoke_calls

    return smoke_calls(contract, canary.smoke, streams.operations if streams else ())


def _authorizer_id(name: str) -> str:
    return f"Authorizer-{name}"
