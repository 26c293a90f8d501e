"""Who runs the actions of which provider."""

from collections.abc import Callable, Mapping
from pathlib import Path

from local.rehearsal.actions import Runner
from local.rehearsal.actions.cloudformation import CloudFormationRunner
from local.rehearsal.actions.codebuild import CodeBuildRunner
from local.rehearsal.actions.lambda_invoke import Jobs, LambdaRunner
from local.rehearsal.actions.s3 import S3Runner
from local.rehearsal.actions.source import SOURCE_PROVIDERS, SourceRunner
from local.rehearsal.git import Commit


def runners(
    commit: Commit,
    *,
    folder: Path,
    jobs: Callable[[str, str], Jobs],
    approval: Runner,
    build_variables: Mapping[str, str],
) -> dict[str, Runner]:
    """A runner for each provider that a rehearsal knows.

    ``commit`` is what every source gives. ``folder`` is for what builds share, and
    ``build_variables`` go into their environment. ``jobs`` gives the jobs of an account and
    region; ``approval`` is asked for manual approvals.
    """
    source = SourceRunner(commit)
    return {
        **dict.fromkeys(SOURCE_PROVIDERS, source),
        "S3": S3Runner(source),
        "CodeBuild": CodeBuildRunner(folder, build_variables),
        "CloudFormation": CloudFormationRunner(),
        "Lambda": LambdaRunner(jobs),
        "Manual": approval,
    }
