"""A source action: the commit that is rehearsed, as its provider would hand it on."""

from collections.abc import Callable, Mapping

from local.rehearsal.actions import ActionContext, ActionFailedError, ActionResult
from local.rehearsal.definition import Action
from local.rehearsal.git import Commit, archive

_SHOWN = 10


class SourceRunner:
    """Gives the files of ``commit`` as a zip, whatever repository the action names.

    For the providers CodeStarSourceConnection, CodeCommit, GitHub and S3, with the variables of
    each (AWS: "Variables reference").
    """

    def __init__(self, commit: Commit) -> None:
        self._commit = commit

    def run(self, action: Action, context: ActionContext) -> ActionResult:
        """Archive the commit. Raises ActionFailedError for a provider or format it cannot give."""
        commit = self._commit
        variables = _VARIABLES.get(action.provider)
        if variables is None:
            raise ActionFailedError(f"A rehearsal has no source of provider {action.provider!r}.")
        wanted = action.configuration.get("OutputArtifactFormat", "CODE_ZIP")
        if wanted != "CODE_ZIP":
            raise ActionFailedError(f"A rehearsal gives sources as CODE_ZIP, not as {wanted}.")
        for line in uncommitted_note(commit):
            context.log.say(line)
        context.log.say(f"Commit {commit.id}: {commit.subject}")
        [output] = action.outputs
        return ActionResult(
            outputs={output: archive(commit, context.folder / f"{output}.zip")},
            variables=variables(commit, action.configuration),
            summary=f"{commit.id[:12]} {commit.subject}",
        )


def uncommitted_note(commit: Commit) -> list[str]:
    """What a person must know when files of the working tree are not in the commit."""
    names = commit.uncommitted
    if not names:
        return []
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return [
        f"Not in this release, since they are not committed: {', '.join(names[:_SHOWN])}{more}. "
        "`git commit` them to rehearse them."
    ]


def _connection(commit: Commit, configuration: Mapping[str, str]) -> dict[str, str]:
    return {
        "AuthorDate": commit.author_date,
        "AuthorDisplayName": commit.author,
        "AuthorEmail": commit.author_email,
        "AuthorId": commit.author_email,
        "BranchName": configuration.get("BranchName", commit.branch),
        "CommitId": commit.id,
        "CommitMessage": commit.message,
        "ConnectionArn": configuration.get("ConnectionArn", ""),
        "FullRepositoryName": configuration.get("FullRepositoryId", ""),
    }


def _codecommit(commit: Commit, configuration: Mapping[str, str]) -> dict[str, str]:
    return {
        "AuthorDate": commit.author_date,
        "BranchName": configuration.get("BranchName", commit.branch),
        "CommitId": commit.id,
        "CommitMessage": commit.message,
        "CommitterDate": commit.committer_date,
        "RepositoryName": configuration.get("RepositoryName", ""),
    }


def _github(commit: Commit, configuration: Mapping[str, str]) -> dict[str, str]:
    return {
        "AuthorDate": commit.author_date,
        "BranchName": configuration.get("Branch", commit.branch),
        "CommitId": commit.id,
        "CommitMessage": commit.message,
        "CommitUrl": "",
        "CommitterDate": commit.committer_date,
        "RepositoryName": configuration.get("Repo", ""),
    }


def _s3(commit: Commit, configuration: Mapping[str, str]) -> dict[str, str]:
    return {
        "BucketName": configuration.get("S3Bucket", ""),
        "ETag": commit.id,
        "ObjectKey": configuration.get("S3ObjectKey", ""),
        "VersionId": commit.id,
    }


_VARIABLES: Mapping[str, Callable[[Commit, Mapping[str, str]], dict[str, str]]] = {
    "CodeStarSourceConnection": _connection,
    "CodeCommit": _codecommit,
    "GitHub": _github,
    "S3": _s3,
}
SOURCE_PROVIDERS = tuple(_VARIABLES)
