"""The commit that is released, as each source provider hands it on."""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from local.embedded_aws import LocalError
from local.rehearsal.actions import ActionFailedError
from local.rehearsal.actions.source import SOURCE_PROVIDERS, SourceRunner
from local.rehearsal.git import head
from tests.unit.local.rehearsal.pipelines import action, context


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    (folder / "run.sh").write_text("#!/bin/sh\n")
    (folder / "run.sh").chmod(0o755)
    (folder / ".hidden").write_text("x")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "Sell tea\n\nIt is wanted.")
    return folder


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, env={**os.environ})  # noqa: S607


def test_the_commit_as_a_zip(repository: Path, tmp_path: Path) -> None:
    (repository / "new").write_text("not committed")
    commit = head(repository)
    source = action(
        "Source",
        provider="CodeStarSourceConnection",
        outputs=("Src",),
        configuration={
            "ConnectionArn": "arn:c",
            "FullRepositoryId": "o/r",
            "BranchName": "release",
        },
    )
    result = SourceRunner(commit).run(source, context(tmp_path))
    with zipfile.ZipFile(result.outputs["Src"]) as archive:
        assert sorted(archive.namelist()) == [".hidden", "run.sh"]
        assert archive.getinfo("run.sh").external_attr >> 16 & 0o777 == 0o755
    variables = result.variables
    assert variables["CommitId"] == commit.id
    assert variables["CommitMessage"] == "Sell tea\n\nIt is wanted."
    assert variables["BranchName"] == "release"
    assert variables["FullRepositoryName"] == "o/r"
    assert "T" in variables["AuthorDate"]
    assert result.summary == f"{commit.id[:12]} Sell tea"
    assert "not committed: new." in (tmp_path / "log.txt").read_text()


def test_each_provider_has_its_variables(repository: Path, tmp_path: Path) -> None:
    commit = head(repository)
    known = {
        provider: set(
            SourceRunner(commit)
            .run(action("s", provider=provider, outputs=("S",)), context(tmp_path))
            .variables
        )
        for provider in SOURCE_PROVIDERS
    }
    assert known["CodeCommit"] >= {"CommitId", "CommitterDate", "RepositoryName"}
    assert known["S3"] >= {"ETag", "VersionId"}
    assert known["GitHub"] >= {"CommitUrl", "RepositoryName"}


def test_a_commit_stays_the_one_it_was(repository: Path, tmp_path: Path) -> None:
    commit = head(repository)
    (repository / "run.sh").unlink()
    git(repository, "commit", "--quiet", "--all", "-m", "Remove it")
    result = SourceRunner(commit).run(
        action("s", provider="CodeCommit", outputs=("S",)), context(tmp_path)
    )
    with zipfile.ZipFile(result.outputs["S"]) as archive:
        assert "run.sh" in archive.namelist()
    assert head(repository).id != commit.id


@pytest.mark.parametrize("begun", [False, True])
def test_a_folder_without_commits(tmp_path: Path, begun: bool) -> None:
    if begun:
        git(tmp_path, "init", "--quiet")
    with pytest.raises(LocalError, match="has no commit"):
        head(tmp_path)


def test_a_clone_reference_is_refused(repository: Path, tmp_path: Path) -> None:
    source = action(
        "s",
        provider="CodeCommit",
        outputs=("S",),
        configuration={"OutputArtifactFormat": "CODEBUILD_CLONE_REF"},
    )
    with pytest.raises(ActionFailedError, match="CODE_ZIP, not as CODEBUILD_CLONE_REF"):
        SourceRunner(head(repository)).run(source, context(tmp_path))
