"""What is known of a release between two looks, and what an operator wishes: SSM parameters.

People and tools read the record; only the controller writes it. An operator writes the wish.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

State = Literal["waiting", "baking", "settling", "promoting", "rolled-back", "aborted", "idle"]
Record = Mapping[str, Any]

ENDED_BADLY = ("rolled-back", "aborted")
"""The states of a release that did not reach everybody."""

RECORD = "release"
WISH = "wish"


def read(ssm: Any, parameter: str) -> Record:
    """The record or the wish of that name; empty where there is none, or none that is JSON."""
    try:
        value = ssm.get_parameter(Name=parameter)["Parameter"]["Value"]
    except ssm.exceptions.ParameterNotFound:
        return {}
    try:
        content = json.loads(value)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def write(ssm: Any, parameter: str, record: Record) -> None:
    """Replace it."""
    text = json.dumps(record, separators=(",", ":"))
    ssm.put_parameter(Name=parameter, Value=text, Type="String", Overwrite=True)


def forget(ssm: Any, *parameters: str) -> None:
    """Delete those that are there."""
    for parameter in parameters:
        try:
            ssm.delete_parameter(Name=parameter)
        except ssm.exceptions.ParameterNotFound:
            continue


def path(project: str, environment: str, api_name: str, stage: str = "") -> str:
    """Below which the record and the wish of an API are; ``stage`` is one of several."""
    own = f"/gatewright/{project}/{environment}/{api_name}"
    return f"{own}/{stage}" if stage else own
