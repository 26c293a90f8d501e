"""A step of a pipeline that sends generated requests to an environment."""

import shlex

from aws_cdk import Duration, Stack, pipelines
from aws_cdk import aws_codebuild as codebuild
from aws_cdk import aws_iam as iam
from constructs import Construct

from gatewright.config import Environment
from gatewright.config.pipeline_checks import FuzzCheck
from gatewright.delivery.build import IMAGE, python_runtime
from gatewright.delivery.names import caller_role_name, check_role_name
from gatewright.operations.wildcards import acknowledge_wildcards, policy_of

_DOCUMENTS = "dist"
# Of the step's time: to set up before, and to remove the user of the check afterwards.
_MINUTES_BESIDE = 3


class FuzzSteps(Construct):
    """Builds that run `python -m gatewright.checks.fuzz`, all with one role.

    The role may act with the roles of the environments' checks, and do nothing else but what any
    build does: read its artifacts and write its log. ``source`` is that of the platform, whose
    `make fuzz-in-pipeline` is the command; ``documents`` holds `openapi/<api>.json`.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        project: str,
        source: pipelines.IFileSetProducer,
        documents: pipelines.FileSet,
    ) -> None:
        super().__init__(scope, construct_id)
        self._project = project
        self._source = source
        self._documents = documents
        self._role = iam.Role(
            self,
            "Role",
            role_name=caller_role_name(project, "fuzz"),
            assumed_by=iam.ServicePrincipal("codebuild.amazonaws.com"),
        )

    def step(self, environment: Environment, check: FuzzCheck) -> pipelines.CodeBuildStep:
        """The step for one environment."""
        name = check_role_name(self._project, environment.name, "fuzz")
        role_arn = f"arn:{Stack.of(self).partition}:iam::{environment.account}:role/{name}"
        self._role.add_to_policy(
            iam.PolicyStatement(actions=["sts:AssumeRole"], resources=[role_arn])
        )
        arguments = shlex.join(self._arguments(environment, check, role_arn))
        return pipelines.CodeBuildStep(
            f"{environment.name}-fuzz",
            input=self._source,
            additional_inputs={_DOCUMENTS: self._documents},
            commands=[f'make fuzz-in-pipeline ARGS="{arguments}"'],
            role=self._role,
            timeout=Duration.minutes(check.minutes),
            build_environment=codebuild.BuildEnvironment(build_image=IMAGE),
            partial_build_spec=python_runtime(),
        )

    def accept(self) -> None:
        """Accept the wildcards of the role's policy, when the pipeline is built."""
        acknowledge_wildcards(
            policy_of(self._role),
            "Written by the CDK for its builds: grants of the artifact bucket and its key, log "
            "groups and reports. A test lists every one.",
        )

    def _arguments(self, environment: Environment, check: FuzzCheck, role_arn: str) -> list[str]:
        told = {
            "--project": self._project,
            "--environment": environment.name,
            "--region": environment.region,
            "--role": role_arn,
            **({"--key": check.key} if check.key else {}),
            "--examples": str(check.examples),
            "--rate": f"{check.rate:g}",
            "--minutes": str(check.minutes - _MINUTES_BESIDE),
            "--documents": f"{_DOCUMENTS}/openapi",
        }
        return [word for pair in told.items() for word in pair]
