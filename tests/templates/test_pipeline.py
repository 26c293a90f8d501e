"""The pipeline: its stages in order, and what starts, stops and takes back a release."""

import json
from pathlib import Path
from typing import Any

from gatewright.delivery.release_pipeline import CDK_CLI_VERSION
from tests.synthesis import (
    ROOT,
    Template,
    change_text,
    copied_platform,
    only,
    resources,
    synthesise,
)
from tests.templates.pipelines import (
    action,
    actions,
    in_four_accounts,
    project_of,
    release_with,
    stages,
    synthesised_with,
)

ARN = "arn:aws:codeconnections:us-east-1:111111111111:connection/0a1b2c3d"


def test_stages_are_in_the_order_of_the_file(release: Template) -> None:
    assert list(stages(release)) == [
        *("Source", "Build", "UpdatePipeline", "Assets"),
        "account-111111111111-us-east-1",
        *("test", "beta", "approve", "prod", "sdks"),
    ]


def test_an_environment_is_deployed_and_then_checked(release: Template) -> None:
    found = actions(stages(release)["beta"])
    assert found[-4:] == [
        "gatewright-beta-checks.Prepare",
        "gatewright-beta-checks.Deploy",
        "beta-load",
        "beta-sweep",
    ]
    assert found.index("gatewright-beta-identity.Deploy") < found.index(
        "gatewright-beta-foods-v1.Prepare"
    )


def test_old_releases_are_removed_when_all_checks_have_passed(release: Template) -> None:
    found = stages(release)["test"]["Actions"]
    order = {a["Name"]: a["RunOrder"] for a in found}
    assert order["test-sweep"] == max(order.values())
    assert [name for name, at in order.items() if at == order["test-sweep"]] == ["test-sweep"]
    sweep = action(release, "prod", "prod-sweep")
    told = json.loads(sweep["Configuration"]["UserParameters"])
    assert (told["keep"], told["environment"]) == (3, "prod")
    assert told["role"].endswith(":role/gatewright-prod-sweep")


def test_generated_requests_run_beside_the_contract_and_before_the_load(tmp_path: Path) -> None:
    def all_in_test(pipeline: dict[str, Any]) -> None:
        pipeline["waves"]["test"]["checks"]["load"] = {"key": "checks"}

    release = release_with(tmp_path, all_in_test)
    order = {a["Name"]: a["RunOrder"] for a in stages(release)["test"]["Actions"]}
    assert order["test-fuzz"] == order["test-contract"] == order["test-load"] - 1


def test_generated_requests_are_sent_by_one_command(release: Template) -> None:
    fuzz = action(release, "test", "test-fuzz")
    assert [found["Name"] for found in fuzz["InputArtifacts"]] == [
        "gatewright_Source",
        "Synth_dist",
    ]
    project = project_of(release, fuzz)
    phases = json.loads(project["Source"]["BuildSpec"])["phases"]
    [command] = phases["build"]["commands"]
    role = "arn:aws:iam::111111111111:role/gatewright-test-fuzz"
    assert command == (
        'make fuzz-in-pipeline ARGS="--project gatewright --environment test --region us-east-1 '
        f"--role {role} --key checks --examples 20 --rate 50 --minutes 27 "
        '--documents dist/openapi"'
    )
    assert project["TimeoutInMinutes"] == 30


def test_what_deploys_is_taken_back_and_a_refusal_takes_nothing_back(release: Template) -> None:
    found = {
        name: stage["OnFailure"]["Result"]
        for name, stage in stages(release).items()
        if "OnFailure" in stage
    }
    assert found == {
        "account-111111111111-us-east-1": "RETRY",
        **dict.fromkeys(("test", "beta", "prod"), "ROLLBACK"),
    }
    assert stages(release)["prod"]["OnFailure"] == {"Result": "ROLLBACK"}
    assert {a["ActionTypeId"]["Category"] for a in stages(release)["approve"]["Actions"]} == {
        "Approval",
        "Deploy",  # of a report to a bucket
    }


def test_a_wave_that_tries_again_or_stays_as_it_is(tmp_path: Path) -> None:
    def change(pipeline: dict[str, Any]) -> None:
        pipeline["waves"]["test"].update(on_failure="retry")
        pipeline["waves"]["beta"].update(on_failure="fail")

    found = stages(release_with(tmp_path, change))
    assert found["test"]["OnFailure"] == {
        "Result": "RETRY",
        "RetryConfiguration": {"RetryMode": "FAILED_ACTIONS"},
    }
    assert "OnFailure" not in found["beta"]


def test_a_wave_of_two_environments_is_one_stage(tmp_path: Path) -> None:
    def together(pipeline: dict[str, Any]) -> None:
        waves = pipeline["waves"]
        waves["first"] = {"environments": ["test", "beta"]}
        del waves["test"], waves["beta"]

    release = release_with(tmp_path, together)
    assert "first" in stages(release)
    assert stages(release)["first"]["OnFailure"] == {"Result": "ROLLBACK"}


def test_the_approval_has_a_time_limit_and_shows_change_and_reports(release: Template) -> None:
    approval = action(release, "approve", "approve-release")
    assert approval["TimeoutInMinutes"] == 72 * 60
    question = json.dumps(approval["Configuration"])
    assert "#{Source@gatewright.CommitId}: #{Source@gatewright.CommitMessage}" in question
    assert "Contracts: #{Build@Synth.CONTRACT_CHANGES}." in question
    assert "prefix=#{codepipeline.PipelineExecutionId}/" in question
    assert "/executions/#{codepipeline.PipelineExecutionId}/" in question


def test_the_report_of_the_contracts_is_there_before_anybody_is_asked(release: Template) -> None:
    report = action(release, "approve", "approve-contract-changes")
    assert report["RunOrder"] < action(release, "approve", "approve-release")["RunOrder"]
    assert report["InputArtifacts"] == [{"Name": "Synth_dist_contract"}]
    place = report["Configuration"]
    assert place["ObjectKey"] == "#{codepipeline.PipelineExecutionId}/contract"
    assert "Reports" in place["BucketName"]["Ref"]


def test_the_build_knows_what_the_last_release_published(release: Template) -> None:
    build = project_of(release, action(release, "Build", "Synth"))
    [published] = build["Environment"]["EnvironmentVariables"]
    assert published["Name"] == "PUBLISHED"
    assert "Documents" in json.dumps(published["Value"])
    assert json.dumps(published["Value"]).endswith('/openapi/latest"]]}')
    spec = json.loads(build["Source"]["BuildSpec"])
    assert spec["env"]["exported-variables"] == ["CONTRACT_CHANGES"]
    # After all that the file names: what these commands leave is told.
    assert "export CONTRACT_CHANGES=" in spec["phases"]["build"]["commands"][-1]


def test_changed_code_leaves_the_pipeline_as_it_is(release: Template, tmp_path: Path) -> None:
    # CodePipeline rolls back only to executions of the pipeline as it is now.
    root = copied_platform(tmp_path / "platform")
    change_text(root / "lambda_src/foods/v1/stock.py", '"hotdog": "no"', '"hotdog": "yes"')
    changed = synthesise(tmp_path / "out", root=root)["111111111111-us-east-1/gatewright-pipeline"]
    assert changed == release


def test_it_begins_again_when_it_has_changed_itself(release: Template) -> None:
    _, pipeline = only(release, "AWS::CodePipeline::Pipeline")
    assert pipeline["Properties"]["RestartExecutionOnUpdate"] is True


def test_a_push_to_the_branch_starts_it(release: Template) -> None:
    patterns = [
        r["Properties"]["EventPattern"] for r in resources(release, "AWS::Events::Rule").values()
    ]
    [push] = [p["detail"] for p in patterns if p["source"] == ["aws.codecommit"]]
    assert push["referenceName"] == ["main"]


def test_a_connection_filters_branch_and_paths(tmp_path: Path) -> None:
    connection = {"arn": ARN, "repository": "shop/platform", "branch": "release"}
    paths = {"paths": ["lambda_src/**"], "except_paths": ["docs/**"]}
    source = {"connection": connection | paths}
    release = release_with(tmp_path, lambda p: p.update(source=source))
    _, pipeline = only(release, "AWS::CodePipeline::Pipeline")
    assert pipeline["Properties"]["Triggers"] == [
        {
            "ProviderType": "CodeStarSourceConnection",
            "GitConfiguration": {
                "SourceActionName": "Source",
                "Push": [
                    {
                        "Branches": {"Includes": ["release"]},
                        "FilePaths": {"Includes": ["lambda_src/**"], "Excludes": ["docs/**"]},
                    }
                ],
            },
        }
    ]
    assert action(release, "Source", "Source")["Configuration"]["DetectChanges"] is False


def test_a_new_version_of_a_zip_starts_it(tmp_path: Path) -> None:
    source = {"bucket": {"name": "shop-sources", "key": "main.zip"}}
    release = release_with(tmp_path, lambda p: p.update(source=source))
    patterns = [
        r["Properties"]["EventPattern"] for r in resources(release, "AWS::Events::Rule").values()
    ]
    [upload] = [p for p in patterns if p["source"] == ["aws.s3"]]
    assert upload["detail"] == {
        "bucket": {"name": ["shop-sources"]},
        "object": {"key": ["main.zip"]},
    }
    assert action(release, "Source", "Source")["Configuration"]["PollForSourceChanges"] is False


def test_pushes_are_superseded_or_queued(release: Template, tmp_path: Path) -> None:
    _, pipeline = only(release, "AWS::CodePipeline::Pipeline")
    assert pipeline["Properties"]["ExecutionMode"] == "SUPERSEDED"
    queued = release_with(tmp_path, lambda p: p.update(execution="queued"))
    _, pipeline = only(queued, "AWS::CodePipeline::Pipeline")
    assert pipeline["Properties"]["ExecutionMode"] == "QUEUED"


def test_parameters_of_checks_are_short_enough(tmp_path: Path) -> None:
    # AWS: "Lambda invoke action reference": 1000 characters.
    service = {"url": "https://checks.example.com/" + "x" * 100, "secret": "s" * 100}

    def add(pipeline: dict[str, Any]) -> None:
        pipeline["waves"]["beta"]["checks"].update(third_party=service, contract={}, smoke={})

    release = release_with(tmp_path, add)
    for stage in stages(release).values():
        for one in stage["Actions"]:
            assert len(json.dumps(one["Configuration"].get("UserParameters", ""))) < 1000


def test_artifacts_and_reports_are_encrypted_and_expire(release: Template) -> None:
    days = {}
    for logical_id, bucket in resources(release, "AWS::S3::Bucket").items():
        properties = bucket["Properties"]
        [rule] = properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
        [expiry] = properties["LifecycleConfiguration"]["Rules"]
        days[logical_id.partition("Bucket")[0]] = expiry.get("ExpirationInDays")
    assert days == {"Artifacts": 90, "Reports": 90, "Documents": None}


def test_people_are_told(tmp_path: Path) -> None:
    release = release_with(tmp_path, lambda p: p.update(notify=["team@example.com"]))
    [subscription] = resources(release, "AWS::SNS::Subscription").values()
    assert subscription["Properties"]["Endpoint"] == "team@example.com"
    states = {
        (pattern["detail-type"][0].split()[1], *pattern["detail"]["state"])
        for rule in resources(release, "AWS::Events::Rule").values()
        if "state" in (pattern := rule["Properties"]["EventPattern"]).get("detail", {})
    }
    assert states == {
        ("Pipeline", "STARTED"),
        ("Pipeline", "FAILED"),
        ("Pipeline", "SUCCEEDED"),
        ("Action", "STARTED"),
    }


def test_copies_in_other_regions_expire_too(tmp_path: Path) -> None:
    found = synthesised_with(tmp_path, in_four_accounts)
    support = found["222222222222-us-east-1/gatewright-pipeline-support-us-east-1"]
    _, bucket = only(support, "AWS::S3::Bucket")
    [rule] = bucket["Properties"]["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["ExpirationInDays"]) == ("Enabled", 90)


def test_another_account_and_region_are_deployed_to_with_their_own_roles(tmp_path: Path) -> None:
    found = synthesised_with(tmp_path, in_four_accounts)
    release = found["222222222222-eu-west-1/gatewright-pipeline"]
    prepared = action(release, "prod", "gatewright-prod-foods-v1.Prepare")
    assert prepared["Region"] == "us-east-1"
    roles = json.dumps([prepared["RoleArn"], prepared["Configuration"]["RoleArn"]])
    assert "111111111111:role/cdk-hnb659fds-deploy-role-111111111111-us-east-1" in roles
    assert "111111111111:role/cdk-hnb659fds-cfn-exec-role-111111111111-us-east-1" in roles


def test_the_pipeline_updates_itself_with_the_cli_that_is_installed() -> None:
    pinned = json.loads((ROOT / "package.json").read_text())["devDependencies"]["aws-cdk"]
    assert pinned == CDK_CLI_VERSION
