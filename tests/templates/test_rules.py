"""The templates against cdk-nag's AwsSolutions pack and CloudFormation's schema."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cdk_nag import AwsSolutionsChecks
from cfnlint import api as cfnlint
from cfnlint.config import ManualArgs

from gatewright.config import load_platform
from tests.synthesis import ROOT, Template, synthesise

APIS = load_platform(ROOT / "platform.yaml").apis

# W3005: an explicit dependency beside an implied one; the order of a release is written down.
ACCEPTED = ["W3005"]


def test_nag_finds_nothing_that_is_not_acknowledged(tmp_path: Path) -> None:
    # The pack fails the synthesis when a rule is broken and not acknowledged.
    synthesise(tmp_path, plugins=lambda app: [AwsSolutionsChecks(app)])
    report = json.loads((tmp_path / "validation-report.json").read_text())
    assert report["pluginReports"] == []


def test_nag_looks_into_every_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without the acknowledgements it finds exactly what they name, so it does look.
    monkeypatch.setattr("gatewright.operations.findings.Validations.acknowledge", lambda *_: None)
    with pytest.raises(RuntimeError, match="ValidationFailed") as failure:
        synthesise(tmp_path, plugins=lambda app: [AwsSolutionsChecks(app)])
    found = set(
        re.findall(
            r"^ +([\w-]+/[\w-]+)/\S+ aws-cdk-lib\S+\n +Acknowledge with "
            r"'AwsSolutions::AwsSolutions-(\w+)",
            str(failure.value),
            re.MULTILINE,
        )
    )
    everywhere = {
        (f"{environment}/{stack}", rule)
        for environment in ("local", "test", "beta", "prod")
        for stack, rule in (
            ("identity", "COG8"),
            *((api.api_name, rule) for api in APIS for rule in ("APIG2", "APIG3", "IAM5")),
        )
    }
    pipeline = {rule for place, rule in found if place.startswith("pipeline/")}
    assert {one for one in found if not one[0].startswith("pipeline/")} == everywhere | {
        ("account-000000000000-us-east-1/logging", "IAM4"),
        ("account-111111111111-us-east-1/logging", "IAM4"),
        # prod demands a second factor
        *((f"{environment}/identity", "COG2") for environment in ("local", "test", "beta")),
        *((f"{environment}/checks", "IAM5") for environment in ("test", "beta", "prod")),
        *(("prod/releases", rule) for rule in ("IAM4", "IAM5", "SF1", "SF2")),
    }
    assert pipeline == {"IAM5", "S1"}


@pytest.mark.long
def test_cloudformation_lint_finds_nothing(templates: dict[str, Template]) -> None:
    # test and beta have the stacks of prod, but for the roles of their checks.
    alike = re.compile(r"/gatewright-(test|beta)-(?!checks)")
    for name, template in templates.items():
        if alike.search(name):
            continue
        region = name.split("/")[0].split("-", 1)[1]
        found = cfnlint.lint(
            json.dumps(template),
            config=ManualArgs(regions=[region], ignore_checks=ACCEPTED),
        )
        assert not [f"{match.rule.id} {match.message} {match.path}" for match in found], name


def test_no_policy_allows_every_action(templates: dict[str, Template]) -> None:
    environments = {name: t for name, t in templates.items() if not name.endswith("-pipeline")}
    for statement in _statements(environments):
        actions = statement["Action"]
        for action in actions if isinstance(actions, list) else [actions]:
            assert "*" not in action, statement


def test_only_what_knows_no_resources_is_allowed_on_every_resource(
    templates: dict[str, Template],
) -> None:
    # What the pipeline may do has tests of its own.
    environments = {name: t for name, t in templates.items() if not name.endswith("-pipeline")}
    everywhere = [s for s in _statements(environments) if s.get("Resource") == "*"]
    found: set[str] = set()
    for statement in everywhere:
        actions = statement["Action"]
        found.update(actions if isinstance(actions, list) else [actions])
    # AWS: Service Authorization Reference, X-Ray and CloudWatch.
    tracing = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}
    assert found == tracing | {"cloudwatch:GetMetricData"}


def _statements(templates: dict[str, Template]) -> list[dict[str, Any]]:
    return [
        statement
        for template in templates.values()
        for resource in template["Resources"].values()
        for key, value in resource.get("Properties", {}).items()
        if key in ("PolicyDocument", "AssumeRolePolicyDocument")
        for statement in value["Statement"]
    ]
