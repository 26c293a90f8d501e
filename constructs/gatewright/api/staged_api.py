"""What a REST API with its stages has, whatever answers it."""

from collections.abc import Mapping

from constructs import Construct

from gatewright.api.rest_api import RestApi
from gatewright.api.stage import Stage, stage_url


class StagedApi(Construct):
    """A REST API and its stages, by name; the first is the API's own address.

    A kind of API makes them in its ``__init__``.
    """

    rest_api: RestApi
    stages: Mapping[str, Stage]

    @property
    def stage(self) -> Stage:
        """The first stage."""
        return next(iter(self.stages.values()))

    @property
    def url(self) -> str:
        """The first stage's address on AWS, with a slash at its end."""
        return self.url_of(self.stage.stage_name)

    def url_of(self, stage_name: str) -> str:
        """A stage's address on AWS, with a slash at its end."""
        return stage_url(self.rest_api, stage_name)
