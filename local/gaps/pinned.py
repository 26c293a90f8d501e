"""The functions of ministack that the gaps stand on, and the check that they are still the same.

`python -m local.gaps.pinned` prints the fingerprints of the installed ministack; they are kept in
`fingerprints.json` beside this module.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import importlib.util
import json
import re
import sys
from pathlib import Path
from typing import Any

from local.gaps import table

_KEPT = Path(__file__).with_name("fingerprints.json")

# Called or imitated by a gap without being wrapped.
RELIED_UPON = tuple(
    f"{module}:{name}"
    for module, names in {
        "ministack.app": (
            "_build_persistence_save_dict",
            "_dispatch_service_request",
            "_enforce_execute_api",
            "_get_module",
            "_handle_execute_api_request",
            "_handle_post_body_shortcuts",
            "_handle_pre_body_request",
            "_handle_special_data_plane_request",
            "_parse_execute_api_url",
            "_registry_state_map",
        ),
        "ministack.core.arn": ("execute_api_arn",),
        "ministack.core.concurrency": ("_bump",),
        "ministack.core.iam_actions": (
            "access_denied_response",
            "dynamodb_resource_arns",
            "extract_iam_action",
            "extract_resource_arn",
        ),
        "ministack.core.iam_evaluator": (
            "_gather_role_policies",
            "_permissions_boundary",
            "_resolve_condition_key",
            "_resource_policy",
            "authenticate",
            "combine_resource_policy",
            "evaluate",
            "evaluate_resource_policy",
            "resolve_principal",
        ),
        "ministack.core.lambda_runtime": (
            "_account_region_from_function_config",
            "execution_credentials",
            "_collect",
            "_signal",
            "_worker_class_for",
            "_worker_key",
            "ensure_spawned",
            "reset",
            "Worker.kill",
        ),
        "ministack.core.persistence": (
            "_json_default",
            "_json_object_hook",
            "_state_format_version",
        ),
        "ministack.core.responses": ("error_response_json", "json_response", "request_scope"),
        "ministack.core.router": ("detect_service", "extract_access_key_id"),
        "ministack.core.sigv4": (
            "foreign_authorization_failure",
            "parse_header_signature",
            "parse_query_signature",
        ),
        table.API: (
            "_create_rest_api",
            "_default_gateway_response",
            "_delete_rest_api",
            "_extract_lambda_ref_from_integration_uri",
            "_gw_error",
            "_header_ci",
            "_iam_caller_identity",
            "_import_identity_source",
            "_match_resource_tree",
            "_method_security",
            "_model_schema",
            "_new_id",
            "_qp",
            "_resolve_api_key",
            "_resolve_schema_ref",
            "_rest_api_arn",
            "_rest_api_view",
            "_v1_error",
            "_v1_response",
            "find_api_scope",
            "handle_execute",
            "rest_api_policy_for_arn",
            "stages_for_api",
        ),
        "ministack.services.cloudwatch": (
            "_cbor_ok",
            "_cbor_timestamp",
            "_dims_key",
            "_dispatch_alarm_actions",
            "_error",
            "_evaluate_all_alarms",
            "_evaluate_parent_alarms",
            "_json_ok",
            "_parse_ts",
            "_percentile",
            "_record_history",
            "_store_datum",
            "_ts_iso",
            "_xml",
            "cloudformation_put_metric_alarm",
        ),
        "ministack.services.cloudwatch_logs": (
            "_create_log_group",
            "_create_log_stream",
            "_put_log_events",
        ),
        "ministack.services.cloudformation.provisioners": (
            "_apigw_rest_api_attrs",
            "_apigw_throttle",
            "_cw_metric_alarm_put",
            "_delete_resource",
            "_physical_name",
            "_provision_resource",
            "_update_resource",
        ),
        "ministack.services.eventbridge": ("_ensure_default_bus", "_put_events"),
        "ministack.services.lambda_svc": (
            "_execution_record_for_config",
            "_externalize_code_zip",
            "_func_arn",
            "_function_config_scope_mismatch",
            "_get_base_func_record_for_ref",
            "_get_func_record_for_ref",
            "invoke_async_with_retry",
        ),
    }.items()
    for name in names
)


class MovedError(RuntimeError):
    """The installed ministack differs from the one that the gaps were written against."""


def check() -> None:
    """Raise MovedError when a function that a gap wraps or relies upon is not what it was."""
    kept = json.loads(_KEPT.read_text())
    moved = [name for name in _names() if fingerprint(name) != kept["functions"].get(name)]
    if moved:
        raise MovedError(
            f"ministack {_installed()} is installed; local/gaps was written against "
            f"{kept['ministack']}, and these functions are gone or differ:\n  "
            + "\n  ".join(moved)
            + f"\nInstall ministack=={kept['ministack']}, or read what changed in them, mend "
            "the gaps that wrap them (local/gaps/table.py), and keep the output of "
            f"`python -m local.gaps.pinned` as local/gaps/{_KEPT.name}."
        )


def fingerprint(name: str) -> str | None:
    """The SHA-256 of the source of `module:function` as installed; None when it is gone.

    The function may be `Class.method`. The source is read, not imported: ministack writes files
    when it is imported.
    """
    module, _colon, function = name.partition(":")
    source, indent = _source(module), ""
    class_name, dot, function = function.rpartition(".")
    if dot:
        source, indent = _block(source, rf"class {class_name}\b") or "", "    "
    found = _block(source, rf"{indent}(?:async )?def {function}\(", indent)
    return hashlib.sha256(found.encode()).hexdigest() if found else None


def _block(source: str, head: str, indent: str = "") -> str | None:
    """From the line that begins with `head` up to the next one that is indented as little."""
    found = re.search(rf"^{head}.*?(?=^{indent}[\w@#]|\Z)", source, re.MULTILINE | re.DOTALL)
    return found[0] if found else None


@functools.cache
def _source(module: str) -> str:
    package, *path = module.split(".")
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        return ""
    file = Path(found.origin).parent.joinpath(*path).with_suffix(".py")
    return file.read_text() if file.exists() else ""


def fingerprints() -> dict[str, Any]:
    """What `fingerprints.json` holds, for the installed ministack."""
    return {
        "ministack": _installed(),
        "functions": {name: fingerprint(name) for name in _names()},
    }


def _names() -> list[str]:
    return sorted({*(patch.name for patch in table.PATCHES), *RELIED_UPON})


def _installed() -> str:
    return importlib.metadata.version("ministack")


if __name__ == "__main__":
    json.dump(fingerprints(), sys.stdout, indent=2)
    sys.stdout.write("\n")
