"""The checks of an environment, as steps that follow its deployment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aws_cdk import ArnFormat, Stack, pipelines
from aws_cdk import aws_iam as iam
from constructs import Construct

from gatewright.bundling import Bundle
from gatewright.checks.permissions import OWN
from gatewright.config import Environment
from gatewright.config.pipeline_checks import Checks, LoadCheck, ThirdPartyCheck
from gatewright.delivery.artifact_store import ArtifactStore
from gatewright.delivery.check_function import CheckFunction
from gatewright.delivery.check_role import statements
from gatewright.delivery.fuzz_step import FuzzSteps
from gatewright.delivery.lambda_step import LambdaStep
from gatewright.delivery.names import EXECUTION, CheckKind, caller_role_name, check_role_name
from gatewright.operations.log_groups import LogKeeping

_HANDLERS: Mapping[CheckKind, str] = {
    "contract": "gatewright.checks.contract_checks.handler",
    "smoke": "gatewright.checks.contract_checks.handler",
    "third-party": "gatewright.checks.third_party_check.handler",
    "load": "gatewright.checks.load_check.handler",
}


@dataclass(frozen=True, kw_only=True)
class CheckSettings:
    """What all checks of a pipeline share.

    ``code`` is the bundle of `gatewright.checks`, ``source`` that of the platform.
    """

    project: str
    code: Bundle
    reports: ArtifactStore
    logs: LogKeeping
    documents: pipelines.FileSet = field(repr=False)
    source: pipelines.IFileSetProducer = field(repr=False)


class EnvironmentChecks(Construct):
    """What runs each kind of check, made when the first environment asks for it: a function, or
    builds for generated requests."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: CheckSettings) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        self._functions: dict[CheckKind, CheckFunction] = {}
        self._fuzz: FuzzSteps | None = None

    def steps(self, environment: Environment, checks: Checks) -> list[pipelines.Step]:
        """The steps of one environment. They run at the same time, but load comes last: it would
        make the others slow."""
        wanted = parameters_of(checks)
        steps: list[pipelines.Step] = []
        if checks.fuzz:
            steps.append(self._fuzz_steps().step(environment, checks.fuzz))
        steps += [self._step(environment, kind, own) for kind, own in wanted.items()]
        if "load" in wanted:
            for step in steps[:-1]:
                steps[-1].add_step_dependency(step)
        return steps

    def finish(self) -> None:
        """Call it when every environment has its steps."""
        for function in self._functions.values():
            function.accept()
        if self._fuzz:
            self._fuzz.accept()

    def _fuzz_steps(self) -> FuzzSteps:
        settings = self._settings
        self._fuzz = self._fuzz or FuzzSteps(
            self,
            "fuzz",
            project=settings.project,
            source=settings.source,
            documents=settings.documents,
        )
        return self._fuzz

    def _step(
        self, environment: Environment, kind: CheckKind, parameters: Mapping[str, Any]
    ) -> LambdaStep:
        settings = self._settings
        role = check_role_name(settings.project, environment.name, kind)
        arn = f"arn:{Stack.of(self).partition}:iam::{environment.account}:role/{role}"
        function = self._functions.get(kind) or self._add_function(kind)
        function.allow_role(arn)
        self._allow(
            function, "third-party callback" if parameters.get("mode") == "callback" else kind
        )
        if "secret" in parameters:
            self._allow_secret(function, parameters["secret"])
        return LambdaStep(
            f"{environment.name}-{kind}",
            function=function.function,
            parameters={
                "project": settings.project,
                "environment": environment.name,
                "region": environment.region,
                "role": arn,
                "execution": EXECUTION,
                **parameters,
            },
            documents=settings.documents,
        )

    def _add_function(self, kind: CheckKind) -> CheckFunction:
        settings = self._settings
        function = CheckFunction(
            self,
            kind,
            code=settings.code,
            handler=_HANDLERS[kind],
            role_name=caller_role_name(settings.project, kind),
            reports=settings.reports.bucket,
            logs=settings.logs,
        )
        # S3 encrypts a report with a new data key, and decrypts one when it is read.
        settings.reports.key.grant(function.role, "kms:GenerateDataKey", "kms:Decrypt")
        self._functions[kind] = function
        return function

    def _allow(self, function: CheckFunction, what: str) -> None:
        """Allow what the function calls, but for what depends on the environment or the secret."""
        bucket = self._settings.reports.bucket
        parts = [part for part in OWN[what] if part not in ("role", "secret")]
        reports = {"reports": [bucket.arn_for_objects("*")], "reports bucket": [bucket.bucket_arn]}
        for statement in statements(parts, reports):
            function.role.add_to_policy(statement)

    def _allow_secret(self, function: CheckFunction, name: str) -> None:
        stack = Stack.of(self)
        # Secrets Manager adds six characters to a secret's name in its ARN.
        arn = stack.format_arn(
            service="secretsmanager",
            resource="secret",
            resource_name=f"{name}-??????",
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        function.role.add_to_policy(
            iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[arn])
        )


def parameters_of(checks: Checks) -> dict[CheckKind, dict[str, Any]]:
    """What each function that is asked for is told, besides where its environment is."""
    found: dict[CheckKind, dict[str, Any]] = {}
    if checks.contract:
        found["contract"] = _told(
            key=checks.contract.key, rate=checks.contract.rate, users=True, suite="contract"
        )
    if checks.smoke:
        found["smoke"] = _told(key=checks.smoke.key, rate=checks.smoke.rate, suite="smoke")
    if checks.third_party:
        found["third-party"] = _third_party(checks.third_party)
    if checks.load:
        found["load"] = _load(checks.load)
    return found


def _third_party(check: ThirdPartyCheck) -> dict[str, Any]:
    return _told(
        url=check.url,
        mode=check.mode,
        secret=check.secret,
        on_outage=check.on_outage,
        time_limit_minutes=check.minutes,
        poll_seconds=check.poll_seconds,
    )


def _load(check: LoadCheck) -> dict[str, Any]:
    return _told(
        key=check.key,
        requests=check.requests,
        callers=check.callers,
        min_requests_per_second=check.min_requests_per_second,
        p50_ms=check.p50_ms,
        p99_ms=check.p99_ms,
        max_error_share=check.max_error_percent / 100,
    )


def _told(**parameters: Any) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if value is not None}
