"""Updates one stack as `cdk deploy --method=direct` does, without starting the CLI.

The assets are published, then UpdateStack is called and waited for. To start the CLI would cost a
second of each save, which is more than all of this.
"""

import contextlib
import secrets
from typing import Any

from botocore.exceptions import ClientError, WaiterError

from local.embedded_aws import EmbeddedAws
from local.inner_loop.assembly import Asset, SynthesisedStack

# An embedded update ends in less than a tenth of a second.
_WAIT = {"Delay": 0.02, "MaxAttempts": 30_000}
_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
_UNCHANGED = "No updates are to be performed"


class DeploymentError(Exception):
    """A stack could not be updated, and is what it was. The text has CloudFormation's reasons."""


class StackUpdate:
    """Updates stacks of the embedded AWS that exist and are whole."""

    def __init__(self, aws: EmbeddedAws, session: Any) -> None:
        self._endpoint = aws.socket_url
        self._cloudformation = session.client("cloudformation", endpoint_url=aws.socket_url)
        self._s3 = session.client("s3", endpoint_url=aws.socket_url)

    def run(self, stack: SynthesisedStack, assets: tuple[Asset, ...]) -> None:
        """Publish ``assets``, update, wait. Raises DeploymentError."""
        for asset in assets:
            self._publish(asset)
        token = f"watch-{secrets.token_hex(8)}"
        bucket, _slash, key = stack.template_url.removeprefix("s3://").partition("/")
        try:
            self._cloudformation.update_stack(
                StackName=stack.name,
                TemplateURL=f"{self._endpoint}/{bucket}/{key}",
                Capabilities=_CAPABILITIES,
                Tags=[{"Key": key, "Value": value} for key, value in stack.tags.items()],
                ClientRequestToken=token,
            )
            waiter = self._cloudformation.get_waiter("stack_update_complete")
            waiter.wait(StackName=stack.name, WaiterConfig=_WAIT)
        except WaiterError:
            raise DeploymentError(self._reasons(stack.name, token)) from None
        except ClientError as error:
            if _UNCHANGED not in str(error):
                raise DeploymentError(f"Stack {stack.name}: {error}") from None

    def _publish(self, asset: Asset) -> None:
        # The key is the content's hash, so what is there is right.
        with contextlib.suppress(ClientError):
            self._s3.head_object(Bucket=asset.bucket, Key=asset.key)
            return
        with asset.file.open("rb") as body:
            self._s3.put_object(Bucket=asset.bucket, Key=asset.key, Body=body)

    def _reasons(self, name: str, token: str) -> str:
        events = self._cloudformation.describe_stack_events(StackName=name)["StackEvents"]
        failed = [
            f"  {event['ResourceType']} {event['LogicalResourceId']}: "
            f"{event.get('ResourceStatusReason', event['ResourceStatus'])}"
            for event in reversed(events)
            if event.get("ClientRequestToken") == token
            and event["ResourceStatus"].endswith("_FAILED")
        ]
        return "\n".join([f"Stack {name} could not be updated, and was rolled back:", *failed])
