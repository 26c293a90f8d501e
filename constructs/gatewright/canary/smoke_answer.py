"""Whether an answer is one that the contract promises."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_MOST_CHARACTERS = 200


def wrong_answer(
    answers: Mapping[str, Mapping[str, Any]], status: int, headers: Mapping[str, str], body: str
) -> str | None:
    """What is wrong, for people; None when status, media type and content are promised.

    ``answers`` are those of a ``SmokeCall``.
    """
    if str(status) not in answers:
        return f"answered {status}, and not {' or '.join(answers)}: {_short(body)}"
    types = answers[str(status)]
    if not types:
        return None
    sent = {name.lower(): value for name, value in headers.items()}.get("content-type", "")
    media_type = sent.partition(";")[0].strip().lower()
    if media_type not in types:
        return f"answered {sent or 'no Content-Type'}, and not {' or '.join(types)}"
    schema = types[media_type]
    return _wrong_content(schema, body) if schema else None


def _wrong_content(schema: Mapping[str, Any], body: str) -> str | None:
    # Not above: a release without a smoke check has no such dependency.
    import fastjsonschema

    try:
        content = json.loads(body)
    except ValueError:
        return f"answered no JSON: {_short(body)}"
    try:
        fastjsonschema.compile(dict(schema))(content)
    except fastjsonschema.JsonSchemaValueException as problem:
        return f"answered what its schema does not allow: {_short(problem.message)}"
    return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_CHARACTERS else f"{line[:_MOST_CHARACTERS]}..."
