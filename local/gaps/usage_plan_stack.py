"""Limits of single methods in `AWS::ApiGateway::UsagePlan` are kept as UsagePlan has them.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-usageplan-apistage.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.patch import PROVISIONERS, Function, Patch


def limiting_methods(original: Function) -> Function:
    """Write each limit as the API does; as the template writes it, ministack passes over it."""

    def body(properties: Mapping[str, Any]) -> dict[str, Any]:
        from ministack.services.cloudformation import provisioners

        kept: dict[str, Any] = original(properties)
        for stage in kept["apiStages"]:
            stage["throttle"] = {
                method: provisioners._apigw_throttle(limit)
                for method, limit in stage["throttle"].items()
            }
        return kept

    return body


PATCHES = (Patch(PROVISIONERS, "_apigw_usage_plan_body", limiting_methods),)
