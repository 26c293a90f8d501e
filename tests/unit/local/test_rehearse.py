"""What `make rehearse` takes, and how it tells that a release is out."""

from pathlib import Path

import pytest

from local.embedded_aws import EmbeddedAws, LocalError
from local.progress import Progress
from local.rehearsal.execution import Execution, State
from local.rehearse import Rehearsal, build_variables, rehearse, released


def execution(state: State, kind: str = "FORWARD") -> Execution:
    return Execution(
        id="1", pipeline="shop", revision="a", subject="b", stages=[], state=state, kind=kind
    )


def test_pairs_go_into_the_builds_environment() -> None:
    assert build_variables("A=1 B='two words' C=") == {"A": "1", "B": "two words", "C": ""}
    assert build_variables("") == {}


@pytest.mark.parametrize("text", ["A", "=1", "A=1 B"])
def test_what_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(LocalError, match="Write NAME=value pairs"):
        build_variables(text)


@pytest.mark.parametrize(
    ("executions", "out"),
    [
        ([execution(State.SUCCEEDED)], True),
        ([execution(State.SUPERSEDED), execution(State.SUCCEEDED)], True),
        ([execution(State.FAILED)], False),
        ([execution(State.FAILED), execution(State.SUCCEEDED, "ROLLBACK")], False),
    ],
)
def test_a_rollback_is_no_release(executions: list[Execution], out: bool) -> None:
    assert released(executions) is out


def test_a_platform_without_a_pipeline_starts_nothing(tmp_path: Path) -> None:
    (tmp_path / "platform.yaml").write_text(
        "project: shop\n"
        'environments: {local: {account: "000000000000", region: us-east-1}}\n'
        'services: {foods: {versions: {v1: {routes: "foods.handler:app"}}}}\n'
    )
    aws = EmbeddedAws(port=1, account="0" * 12, region="us-east-1", folder=tmp_path / "aws")
    with pytest.raises(LocalError, match="has no pipeline to rehearse"):
        rehearse(Rehearsal(aws=aws, root=tmp_path), Progress())
    assert not aws.folder.exists()
