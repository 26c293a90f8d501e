"""`make down` and `make up`: the platform is back as it was."""

import httpx
import pytest

from local.embedded_aws import EmbeddedAws
from local.outputs import read_outputs
from local.progress import Progress
from local.reset import reset
from local.server_process import stop
from local.up import up


@pytest.mark.long
def test_what_was_deployed_comes_back(
    fresh_aws: EmbeddedAws, capsys: pytest.CaptureFixture[str]
) -> None:
    up(Progress(), fresh_aws)
    before = read_outputs(fresh_aws.folder)
    assert before is not None
    token = _sign_in(fresh_aws, before)
    stopped = stop(fresh_aws.folder)
    assert stopped is not None
    assert stopped.in_time
    capsys.readouterr()

    up(Progress(), fresh_aws)
    shown = capsys.readouterr().out
    assert "with what was deployed to it before" in shown
    assert "✅" in shown
    assert all("(no changes)" in line for line in shown.splitlines() if "✅" in line)
    assert read_outputs(fresh_aws.folder) == before
    assert _sign_in(fresh_aws, before)
    api = before["apis"]["foods-v1"]
    for path, credential in (
        ("list_foods", {"x-api-key": before["demo"]["api_key"]}),
        ("check_stock/hamburger", {"Authorization": token}),
    ):
        assert httpx.get(api["url"] + path, headers=credential, timeout=30).status_code == 200

    assert "Stopped" in reset(fresh_aws.folder)
    assert read_outputs(fresh_aws.folder) is None


def _sign_in(aws: EmbeddedAws, outputs: dict[str, object]) -> str:
    demo = outputs["demo"]
    assert isinstance(demo, dict)
    answer = aws.client("cognito-idp").initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=outputs["user_pool_client_id"],
        AuthParameters={"USERNAME": demo["username"], "PASSWORD": demo["password"]},
    )
    return str(answer["AuthenticationResult"]["IdToken"])
