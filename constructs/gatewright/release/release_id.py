"""The name of a release: a hash of the code and configuration of an API's functions."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

_DIGITS = 10


def release_id(configurations: Iterable[Mapping[str, Any]]) -> str:
    """``r-`` and ten hexadecimal digits: equal for equal functions, different otherwise.

    ``configurations`` holds, for each function of one API, everything that a published version
    freezes (AWS: "Manage Lambda function versions"): the hash of its code, its handler, memory,
    time limit, environment. Values must be JSON; resolve CDK tokens first.
    """
    text = json.dumps(list(configurations), sort_keys=True, separators=(",", ":"))
    return f"r-{hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]}"
