"""The releases of an environment that go by a canary, as the pipeline shows them."""

from gatewright.api.stage_settings import STAGE_NAME
from gatewright.config import ApiConfig, Environment, Platform


def watched_records(platform: Platform, environment: Environment) -> dict[str, list[str]]:
    """Their names by the stacks that make them: ``foods-v1``; ``news-v1/dev`` of several stages."""
    if environment.release is None:
        return {}
    return {
        f"{platform.project}-{environment.name}-{api.api_name}": _records(api)
        for api in platform.apis
        if not api.retired
    }


def _records(api: ApiConfig) -> list[str]:
    stages = list(api.stages or (STAGE_NAME,))
    if stages == [STAGE_NAME]:
        return [api.api_name]
    return [f"{api.api_name}/{stage}" for stage in stages]
