"""The commit that a rehearsal releases: HEAD of the repository in a folder."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from local.embedded_aws import LocalError

_FIELDS = "%H%x00%s%x00%B%x00%aI%x00%cI%x00%an%x00%ae"


@dataclass(frozen=True, kw_only=True)
class Commit:
    """A commit. ``branch`` is empty when none is checked out; dates are ISO 8601.

    ``uncommitted`` names the files that differ from it in the working tree, new ones included.
    """

    repository: Path
    id: str
    subject: str
    message: str
    branch: str
    author_date: str
    committer_date: str
    author: str
    author_email: str
    uncommitted: tuple[str, ...]


def head(folder: Path) -> Commit:
    """HEAD of the repository in ``folder``. Raises LocalError when it has no commit."""
    try:
        shown = _git(folder, "log", "-1", f"--format={_FIELDS}", "HEAD").rstrip("\n")
    except (subprocess.CalledProcessError, OSError):
        raise LocalError(
            f"{folder} has no commit, and a pipeline releases commits: "
            "`git init && git add --all && git commit` there makes the first."
        ) from None
    identity, subject, message, authored, committed, author, email = shown.split("\0")
    return Commit(
        repository=folder,
        id=identity,
        subject=subject,
        message=message.strip(),
        branch=_git(folder, "branch", "--show-current").strip(),
        author_date=authored,
        committer_date=committed,
        author=author,
        author_email=email,
        uncommitted=_uncommitted(folder),
    )


def archive(commit: Commit, target: Path) -> Path:
    """The files of the commit as a zip. Those of the working tree are not looked at."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _git(commit.repository, "archive", "--format=zip", "-1", f"--output={target}", commit.id)
    return target


def _uncommitted(folder: Path) -> tuple[str, ...]:
    status = _git(folder, "status", "--porcelain", "-z", "--no-renames")
    return tuple(entry[3:] for entry in status.split("\0") if entry)


def _git(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(
        ["git", "-C", str(folder), *arguments],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout
