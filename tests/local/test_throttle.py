"""What a method takes from all its callers together.

AWS: "Throttle requests to your REST APIs", method-level throttling of a stage.
"""

import pytest

from tests.local.target import Target


@pytest.mark.proves("throttling of all callers")
def test_over_the_rate_of_a_method_everybody_is_429(showcase: Target) -> None:
    with showcase.http("joined-v2") as anybody, showcase.keyed_http("joined-v2") as keyed:
        answers = {client: [client.get("status") for _ in range(2)] for client in (anybody, keyed)}
        for _ in range(10):
            for client, came in answers.items():
                came.append(client.get("status"))
    assert answers[anybody][0].status_code == 200
    for came in answers.values():
        refused = [answer for answer in came if answer.status_code == 429]
        assert refused
        assert {answer.json()["message"] for answer in refused} == {"Too Many Requests"}
    with showcase.http("joined-v1") as other:
        assert other.get("status").status_code == 200
