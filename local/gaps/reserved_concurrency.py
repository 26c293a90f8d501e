"""The reserved concurrency of a function holds for its versions and aliases too.

"Reserved concurrency applies to the function as a whole, including versions and aliases." ministack
keeps it with the unpublished function alone.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.patch import Function, Patch


def of_function(original: Function) -> Function:
    """Look at the function where its version has none."""

    def reserved(function: Any, config: Mapping[str, Any]) -> Any:
        from ministack.services import lambda_svc

        found = original(function, config)
        whole = lambda_svc._functions.get(config.get("FunctionName"))
        return original(whole, {}) if found is None and whole else found

    return reserved


PATCHES = (Patch("ministack.services.lambda_svc", "_reserved_concurrency", of_function),)
