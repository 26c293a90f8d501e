"""A function that is sent what a mapping template makes, and knows nothing of HTTP."""

from typing import Any


def make(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001
    """Say what came; of what there is none, raise."""
    if event["kind"] == "unknown":
        raise LookupError(f"no such kind: {event['kind']}")
    if event["kind"] == "broken":
        raise RuntimeError("a bug of the\nfunction")
    return {"made": event["kind"], "by": event["caller"], "times": event["times"]}
