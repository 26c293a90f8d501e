"""What a stage does with requests of each method: limits, logs, metrics, cache."""

from aws_cdk import aws_apigateway as apigateway

from gatewright.api.stage_settings import StageSettings


def method_settings(
    settings: StageSettings,
) -> list[apigateway.CfnStage.MethodSettingProperty]:
    """The settings of every method, then those of each method that is cached.

    What is set for one method is all that holds for it, so each says everything. AWS: MethodSetting
    of AWS::ApiGateway::Stage.
    """
    cached = settings.cache.seconds if settings.cache else {}
    return [
        _setting(settings, "/*", "*", None),
        *(
            _setting(settings, _encoded(path), method, seconds)
            for (path, method), seconds in sorted(cached.items())
        ),
    ]


def _encoded(path: str) -> str:
    return "/" if path == "/" else "/" + path.replace("/", "~1")


def _setting(
    settings: StageSettings, path: str, method: str, seconds: int | None
) -> apigateway.CfnStage.MethodSettingProperty:
    cache = settings.cache
    kept = seconds is not None and cache is not None
    return apigateway.CfnStage.MethodSettingProperty(
        resource_path=path,
        http_method=method,
        logging_level=settings.log_level,
        metrics_enabled=True,
        data_trace_enabled=False,
        throttling_rate_limit=settings.throttle.rate,
        throttling_burst_limit=settings.throttle.burst,
        # By itself, a stage with a cache would keep the answers of every GET.
        caching_enabled=kept if cache else None,
        cache_ttl_in_seconds=seconds,
        cache_data_encrypted=cache.encrypted if cache else None,
    )
