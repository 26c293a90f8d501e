"""Restarts of a function's workers, for tests that call it meanwhile."""

import httpx


def recycle(endpoint_url: str, function: str) -> int:
    """Replace every worker of a function of the embedded AWS, and return how many there were.

    Idle ones end now, those at work when they have answered. No caller notices, as on AWS, which
    ends execution environments like this whenever it likes.
    """
    url = f"{endpoint_url}/_gatewright/functions/{function}/recycle"
    answer = httpx.post(url, timeout=30)
    answer.raise_for_status()
    return int(answer.json()["workers"])
