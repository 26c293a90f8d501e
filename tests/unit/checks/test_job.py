"""A job is what AWS documents, and anything else is said to be none."""

import json

import pytest

from gatewright.checks.job import TOKEN_LENGTH, JobEventError, continuation_token, read_job
from tests.unit.checks.fakes import JOB_ID, job_event


def test_a_job_is_read() -> None:
    job = read_job(job_event({"a": 1}))
    assert job.id == JOB_ID
    assert json.loads(job.user_parameters) == {"a": 1}
    [artifact] = job.inputs
    assert (artifact.name, artifact.bucket, artifact.key) == ("documents", "artifacts", "p/docs/1")
    assert job.credentials is not None
    assert job.credentials.session_token == "session-token"
    assert job.progress == {}


def test_credentials_are_never_shown() -> None:
    shown = repr(read_job(job_event({})))
    assert not [word for word in ("secret-access", "session-token", "access-key") if word in shown]


def test_progress_comes_back() -> None:
    token = continuation_token({"done": 17, "mark": "ab12"})
    assert read_job(job_event({}, token)).progress == {"done": 17, "mark": "ab12"}


def test_a_token_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match=str(TOKEN_LENGTH)):
        continuation_token({"a": "x" * TOKEN_LENGTH})


@pytest.mark.parametrize("event", [{}, {"CodePipeline.job": None}, {"CodePipeline.job": {"id": 1}}])
def test_another_event_is_no_job(event: dict[str, object]) -> None:
    with pytest.raises(JobEventError, match="no job of CodePipeline"):
        read_job(event)


@pytest.mark.parametrize("token", ["{", "[]"])
def test_a_foreign_token_is_refused(token: str) -> None:
    with pytest.raises(JobEventError, match="continuation token"):
        read_job(job_event({}, token))
