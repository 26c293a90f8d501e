"""The stage that publishes: one command, and a role that may do what it calls."""

import json
from pathlib import Path
from typing import Any

from tests.synthesis import Template, only, resources
from tests.templates.pipelines import action, project_of, release_with, stages

CODEARTIFACT = {"domain": "shop", "repository": "clients"}


def command(release: Template) -> str:
    project = project_of(release, action(release, "sdks", "publish"))
    [found] = json.loads(project["Source"]["BuildSpec"])["phases"]["build"]["commands"]
    return str(found)


def statements(release: Template) -> list[dict[str, Any]]:
    [policy] = [
        r["Properties"]["PolicyDocument"]["Statement"]
        for r in resources(release, "AWS::IAM::Policy").values()
        if r["Metadata"]["aws:cdk:path"].startswith("pipeline/Sdks/Role/")
    ]
    return list(policy)


def resources_of(release: Template, wanted: str) -> str:
    """What an action is allowed on, as text."""
    found = [s for s in statements(release) if wanted in json.dumps(s["Action"])]
    return json.dumps([s["Resource"] for s in found])


def with_sdks(folder: Path, **sdks: Any) -> Template:
    return release_with(folder, lambda pipeline: pipeline.update(sdks=sdks))


def test_it_comes_last_and_is_one_command(release: Template) -> None:
    assert list(stages(release))[-1] == "sdks"
    assert command(release) == (
        'make sdk-in-pipeline ARGS="--to $PUBLISH_TO --signing-key $SIGNING_KEY '
        "--execution $EXECUTION --project gatewright --documents dist/openapi "
        "--declared contracts/breaking.yaml "
        '--language python typescript java javascript android objc swift ruby"'
    )


def test_the_execution_is_the_pipelines_and_no_part_of_the_project(release: Template) -> None:
    publish = action(release, "sdks", "publish")
    [execution] = json.loads(publish["Configuration"]["EnvironmentVariables"])
    assert execution["value"] == "#{codepipeline.PipelineExecutionId}"
    assert [found["Name"] for found in publish["InputArtifacts"]] == [
        "gatewright_Source",
        "Synth_dist",
    ]


def test_the_key_signs_and_stays(release: Template) -> None:
    [key] = [
        r
        for r in resources(release, "AWS::KMS::Key").values()
        if r["Properties"].get("KeyUsage") == "SIGN_VERIFY"
    ]
    assert key["Properties"]["KeySpec"] == "ECC_NIST_P256"
    assert key["DeletionPolicy"] == "Retain"
    assert "SigningKey" in resources_of(release, "kms:Sign")


def test_only_the_latest_contracts_may_be_removed(release: Template) -> None:
    assert "openapi/latest/*" in resources_of(release, "s3:DeleteObject")
    assert "sdks/*" not in resources_of(release, '"s3:DeleteObject"')
    for place in ("openapi/*", "sdks/*", "signing-key.pem"):
        assert place in resources_of(release, "s3:PutObject")


def test_without_an_index_none_is_asked(release: Template) -> None:
    allowed = json.dumps([s["Action"] for s in statements(release)])
    assert "codeartifact" not in allowed
    assert "sts" not in allowed
    assert "secretsmanager" not in allowed


def test_codeartifact_is_one_repository_of_one_domain(tmp_path: Path) -> None:
    release = with_sdks(tmp_path, codeartifact=CODEARTIFACT, languages=["python"])
    assert command(release).endswith('--language python --codeartifact shop/clients"')
    assert "domain/shop" in resources_of(release, "codeartifact:GetAuthorizationToken")
    assert "repository/shop/clients" in resources_of(release, "codeartifact:GetRepositoryEndpoint")
    assert "package/shop/clients/*" in resources_of(release, "codeartifact:PublishPackageVersion")
    [token] = [s for s in statements(release) if s["Action"] == "sts:GetServiceBearerToken"]
    assert token["Resource"] == "*"
    assert "codeartifact." in json.dumps(token["Condition"]["StringEquals"])


def test_a_domain_of_another_account(tmp_path: Path) -> None:
    release = with_sdks(tmp_path, codeartifact=CODEARTIFACT | {"owner": "999999999999"})
    assert command(release).endswith('--codeartifact-owner 999999999999"')
    assert ":999999999999:domain/shop" in resources_of(release, "codeartifact:GetAuth")


def test_other_indexes_with_a_secret(tmp_path: Path) -> None:
    indexes = {"pypi": "https://packages.example.com/pypi/", "secret": "packages"}
    release = with_sdks(tmp_path, indexes=indexes)
    assert command(release).endswith(
        '--pypi https://packages.example.com/pypi/ --index-secret packages"'
    )
    assert "secret:packages-??????" in resources_of(release, "secretsmanager:GetSecretValue")


def test_no_sdks_are_the_contracts_alone(tmp_path: Path) -> None:
    release = with_sdks(tmp_path, languages=[])
    assert command(release).endswith('--declared contracts/breaking.yaml --language"')
    assert only(release, "AWS::CodePipeline::Pipeline")
