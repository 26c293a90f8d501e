"""One version of one API that is served no more."""

from collections.abc import Mapping
from typing import Any

from constructs import Construct

from gatewright.api.deployment import Deployment
from gatewright.api.reach import Reach
from gatewright.api.rest_api import RestApi
from gatewright.api.stage import Stage, Throttle, stage_url
from gatewright.operations.log_groups import LogKeeping


class RetiredApi(Construct):
    """A REST API without a backend, at the address that callers know.

    In place of a ``ContractApi`` of the same id it keeps its RestApi and stage, and with them the
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
        reach: Reach = Reach(),
        throttle: Throttle = Throttle(),
        logs: LogKeeping = LogKeeping(),
    ) -> None:
        super().__init__(scope, construct_id)
        self.rest_api = RestApi(
            self,
            "RestApi",
            name=name,
            document=document,
            reach=reach,
        )
        self.stage = Stage(
            self,
            "Stage",
            rest_api=self.rest_api,
            deployment=Deployment(self, "Deployment", rest_api=self.rest_api, after=[]),
            variables={},
            throttle=throttle,
            logs=logs,
            after=[],
        )

    @property
    def url(self) -> str:
        """The stage's address on AWS, with a slash at its end."""
        return stage_url(self, self.rest_api, self.stage)
