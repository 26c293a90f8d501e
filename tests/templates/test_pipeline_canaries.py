"""The pipeline shows the canaries of prod beside the deployment that has them."""

import json
from pathlib import Path
from typing import Any

from tests.synthesis import Template, resources
from tests.templates.pipelines import action, stages, synthesised_with


def order_of(release: Template, stage: str) -> dict[str, int]:
    return {action["Name"]: action["RunOrder"] for action in stages(release)[stage]["Actions"]}


def test_canaries_are_shown_while_their_stacks_are_deployed(release: Template) -> None:
    order = order_of(release, "prod")
    assert order["prod-canary"] == order["gatewright-prod-foods-v1.Deploy"]
    told = json.loads(action(release, "prod", "prod-canary")["Configuration"]["UserParameters"])
    assert told == {
        "project": "gatewright",
        "environment": "prod",
        "region": "us-east-1",
        "role": "arn:aws:iam::111111111111:role/gatewright-prod-canary",
        "execution": "#{codepipeline.PipelineExecutionId}",
        "records": ["foods-v1", "foods-v2"],
    }


def test_what_lets_it_in_is_deployed_before(release: Template) -> None:
    order = order_of(release, "prod")
    assert order["gatewright-prod-releases.Deploy"] < order["prod-canary"]


def test_environments_without_canaries_show_none(release: Template) -> None:
    for stage in ("test", "beta"):
        assert not [name for name in order_of(release, stage) if name.endswith("-canary")]


def test_two_environments_of_a_wave_and_two_times_of_deployment(tmp_path: Path) -> None:
    """A version waits for its successor, whose address its callers are told."""

    def change(platform: dict[str, Any]) -> None:
        lifecycle = {"deprecated": "2026-11-01", "successor": "v2"}
        platform["services"]["foods"]["versions"]["v1"]["lifecycle"] = lifecycle
        platform["environments"]["beta"]["release"] = {"canary": {}}
        waves = platform["pipeline"]["waves"]
        del waves["beta"]
        waves["prod"]["environments"] = ["beta", "prod"]

    found = synthesised_with(tmp_path, change)
    [release] = [found[name] for name in found if name.endswith("/gatewright-pipeline")]
    order = order_of(release, "prod")
    for name in ("beta", "prod"):
        for action_name, version in ((f"{name}-canary", "v2"), (f"{name}-canary-2", "v1")):
            deployed = f"{name}.gatewright-{name}-foods-{version}.Deploy"
            assert order[action_name] == order[deployed]
            parameters = action(release, "prod", action_name)["Configuration"]["UserParameters"]
            assert json.loads(parameters)["records"] == [f"foods-{version}"]


def test_it_may_read_the_releases_of_the_environment_alone(templates: dict[str, Template]) -> None:
    [name] = [name for name in templates if name.endswith("-prod-releases")]
    statements = [
        statement
        for role, policy in resources(templates[name], "AWS::IAM::Policy").items()
        if role.startswith("Watcher")
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
    ]
    actions = [statement["Action"] for statement in statements]
    assert actions == [
        ["cloudformation:DescribeChangeSet", "cloudformation:DescribeStacks"],
        "ssm:GetParameter",
    ]
    read = [str(arn) for arn in statements[1]["Resource"]]
    assert all("/gatewright/gatewright/prod/foods-v" in arn for arn in read)
