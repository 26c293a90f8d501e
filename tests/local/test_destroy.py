"""`make destroy` removes what was deployed, and says what it kept."""

from typing import Any

import pytest

from gatewright.operations.deployed import NotDeployedError, stack_outputs
from local.destroy import destroy
from local.embedded_aws import EmbeddedAws
from local.outputs import read_outputs
from local.progress import Progress
from local.up import ENVIRONMENT, up


@pytest.mark.long
def test_an_environment_goes_and_comes_back(
    fresh_aws: EmbeddedAws, capsys: pytest.CaptureFixture[str]
) -> None:
    up(Progress(), fresh_aws)
    # A protected stack stays, and with it what the others would otherwise have imported from it.
    cloudformation = fresh_aws.client("cloudformation")
    cloudformation.update_termination_protection(
        StackName="gatewright-local-identity", EnableTerminationProtection=True
    )
    _stack(cloudformation, "gatewright-local-old-v1", "local")
    _stack(cloudformation, "gatewright-locale-x", "locale")
    capsys.readouterr()
    destroy(ENVIRONMENT, Progress(), fresh_aws.folder)

    shown = capsys.readouterr().out
    assert "stack gatewright-local-identity is protected" in shown
    assert "stack gatewright-local-old-v1 is no longer in platform.yaml" in shown
    assert "stack gatewright-account-logging: all environments of the account share it" in shown
    assert "gatewright-locale-x" not in shown
    assert stack_outputs(cloudformation, "gatewright-local-identity")["UserPoolId"]
    for name in ("gatewright-local-foods-v1", "gatewright-local-plans"):
        with pytest.raises(NotDeployedError):
            stack_outputs(cloudformation, name)
    functions = fresh_aws.client("lambda").list_functions()["Functions"]
    assert [f for f in functions if "-identity-" not in f["FunctionName"]] == []
    assert read_outputs(fresh_aws.folder) is None

    up(Progress(), fresh_aws)
    assert read_outputs(fresh_aws.folder) is not None


def _stack(cloudformation: Any, name: str, environment: str) -> None:
    """A stack that platform.yaml does not know, or that is another environment's."""
    cloudformation.create_stack(
        StackName=name,
        TemplateBody='{"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}',
        Tags=[
            {"Key": "gatewright:project", "Value": "gatewright"},
            {"Key": "gatewright:environment", "Value": environment},
        ],
    )
    cloudformation.get_waiter("stack_create_complete").wait(StackName=name)
