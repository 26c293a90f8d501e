"""Deploys what differs from what is deployed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import ClientError

from local.cdk_cli import run_cdk
from local.embedded_aws import EmbeddedAws
from local.inner_loop.assembly import SynthesisedStack, read_stacks
from local.inner_loop.difference import Template, what_changed
from local.inner_loop.stack_update import StackUpdate
from local.inner_loop.superseded import Superseded
from local.progress import Progress

# What CloudFormation updates. A stack in another state is left to the CDK CLI, which mends it.
_WHOLE = ("CREATE_COMPLETE", "IMPORT_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE")


@dataclass(frozen=True, kw_only=True)
class Deployed:
    """A stack as CloudFormation has it."""

    template: Template
    tags: Mapping[str, str]
    protected: bool
    whole: bool


class Deployment:
    """Compares with CloudFormation itself each time: others deploy to it too."""

    def __init__(self, aws: EmbeddedAws, progress: Progress) -> None:
        session = aws.session()
        self._aws = aws
        self._progress = progress
        self._cloudformation = session.client("cloudformation", endpoint_url=aws.socket_url)
        self._update = StackUpdate(aws, session)
        self._superseded = Superseded(aws, session)

    def run(self, assembly: Path) -> list[str]:
        """Deploy the stacks of ``assembly`` that differ. What was done, like ``code of foods-v1``.

        Raises DeploymentError, LocalError; the stacks before the one that failed are deployed.
        """
        synthesised = read_stacks(assembly)
        known = {stack.name: self._deployed(stack.name) for stack in synthesised}
        stacks = [stack for stack in synthesised if not _same(stack, known[stack.name])]
        if all(_updatable(stack, known[stack.name]) for stack in stacks):
            for stack in stacks:
                assert stack.assets is not None  # noqa: S101
                self._update.run(stack, stack.assets)
            for stack in stacks:
                self._superseded.after(stack)
        else:
            self._with_the_cli(stacks, assembly)
        return [_done(stack, known[stack.name]) for stack in stacks]

    def _deployed(self, name: str) -> Deployed | None:
        try:
            [stack] = self._cloudformation.describe_stacks(StackName=name)["Stacks"]
            found = self._cloudformation.get_template(StackName=name, TemplateStage="Original")
        except ClientError:
            return None  # it does not exist, or never came to be
        return Deployed(
            template=found["TemplateBody"],
            tags={tag["Key"]: tag["Value"] for tag in stack.get("Tags", [])},
            protected=stack.get("EnableTerminationProtection", False),
            whole=stack["StackStatus"] in _WHOLE,
        )

    def _with_the_cli(self, stacks: list[SynthesisedStack], assembly: Path) -> None:
        paths = [stack.construct_path for stack in stacks]
        run_cdk(
            [
                *("deploy", *paths, "--exclusively", "--app", str(assembly)),
                *("--require-approval", "never"),
            ],
            variables=self._aws.variables(),
            log=self._aws.folder / "deploy.log",
            say=self._progress.say,
            folder=self._aws.folder,  # no app there: it is synthesised already
        )


def _same(stack: SynthesisedStack, deployed: Deployed | None) -> bool:
    return deployed is not None and (
        deployed.whole
        and deployed.template == stack.template
        and deployed.tags == stack.tags
        and deployed.protected == stack.protected
    )


def _updatable(stack: SynthesisedStack, deployed: Deployed | None) -> bool:
    return (
        deployed is not None
        and deployed.whole
        and deployed.protected == stack.protected
        and stack.assets is not None
    )


def _done(stack: SynthesisedStack, deployed: Deployed | None) -> str:
    what = what_changed(deployed.template, stack.template) if deployed else "all"
    return f"{what} of {stack.construct_path.rpartition('/')[2]}"
