"""One version of one API that is served no more."""

from collections.abc import Mapping, Sequence
from typing import Any

from constructs import Construct

from gatewright.api.deployment import Deployment
from gatewright.api.rest_api import EndpointSettings, RestApi
from gatewright.api.stage import Stage, stage_id
from gatewright.api.stage_settings import StageSettings
from gatewright.api.staged_api import StagedApi
from gatewright.operations.log_groups import LogKeeping


class RetiredApi(StagedApi):
    """A REST API without a backend, at the address that callers know.

    In place of a ``ContractApi`` of the same id it keeps its RestApi and stages, and with them the
    address, the usage plans over it and its logs; functions, roles and aliases go. ``document`` is
    ``compile_retired``'s.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        document: Mapping[str, Any],
        endpoint: EndpointSettings = EndpointSettings(),
        stages: Sequence[StageSettings] = (StageSettings(),),
        logs: LogKeeping = LogKeeping(),
    ) -> None:
        super().__init__(scope, construct_id)
        self.rest_api = RestApi(self, "RestApi", name=name, document=document, endpoint=endpoint)
        deployment = Deployment(self, "Deployment", rest_api=self.rest_api, after=[])
        self.stages = {
            settings.name: Stage(
                self,
                stage_id(settings, stages),
                rest_api=self.rest_api,
                settings=settings,
                deployment_id=deployment.deployment_id,
                variables={},
                logs=logs,
                after=[],
            )
            for settings in stages
        }
