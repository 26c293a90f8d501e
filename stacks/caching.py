"""The caches of an API's stages, from platform.yaml and the contract."""

from gatewright.api import StageCache
from gatewright.config import ApiConfig
from gatewright.config.stage_sections import StageFields
from gatewright.contract import CachedOperation, Contract


def cached_operations(api: ApiConfig) -> dict[str, CachedOperation]:
    """What the contract's operations are cached by, by operation id."""
    if api.cache is None:
        return {}
    return {
        name: CachedOperation(keys=operation.keys, shared=operation.shared)
        for name, operation in api.cache.operations.items()
    }


def stage_cache(api: ApiConfig, contract: Contract, stage: StageFields | None) -> StageCache | None:
    """The cache of one stage; None where it has none."""
    own = stage.cache if stage else None
    cache = api.cache
    size = own.size_gb if own and own.size_gb is not None else cache and cache.size_gb
    if cache is None or not size:
        return None
    seconds = (own and own.ttl_seconds) or cache.ttl_seconds
    methods = {o.operation_id: (o.path, o.method) for o in contract.operations()}
    return StageCache(
        size=f"{size:g}",
        encrypted=cache.encrypted,
        seconds={
            methods[name]: operation.ttl_seconds or seconds
            for name, operation in cache.operations.items()
        },
    )
