"""The section `pipeline`: what it says, and what is told of mistakes in it."""

from pathlib import Path

import pytest

from gatewright.config import ConfigError, load_platform
from gatewright.config.sdks import LANGUAGES

FILE = """\
project: shop
environments:
  local: {account: "000000000000", region: us-east-1, build_for: host}
  test: {account: "111111111111", region: us-east-1, plans: [checks]}
  prod: {account: "222222222222", region: us-east-1}
services:
  foods: {versions: {v1: {routes: "foods.handler:app"}}}
plans:
  checks: {apis: [foods-v1], rate: 10, burst: 10}
keys:
  checks: {plans: [checks]}
  old: {plans: [checks], enabled: false}
pipeline:
  account: "333333333333"
  region: us-east-1
  source: {codecommit: {repository: shop}}
  waves:
    test: {environments: [test], checks: {contract: {key: checks}}}
    approve: {approval: {}}
    prod: {environments: [prod]}
"""
CONNECTION = "arn:aws:codeconnections:us-east-1:333333333333:connection/0a1b"
THIRD = "third_party: {url: 'https://x.example.com/', secret: s"


def write(folder: Path, text: str) -> Path:
    file = folder / "platform.yaml"
    file.write_text(text)
    return file


def test_waves_are_in_the_order_of_the_file(tmp_path: Path) -> None:
    pipeline = load_platform(write(tmp_path, FILE)).pipeline
    assert pipeline is not None
    assert [wave.name for wave in pipeline.waves] == ["test", "approve", "prod"]
    assert pipeline.environments == ("test", "prod")
    assert pipeline.checks_of("test").key_of("contract") == "checks"
    assert pipeline.checks_of("prod").contract is None
    assert pipeline.checks_of("local").contract is None


def test_defaults(tmp_path: Path) -> None:
    pipeline = load_platform(write(tmp_path, FILE)).pipeline
    assert pipeline is not None
    assert pipeline.execution == "superseded"
    assert pipeline.source.codecommit is not None
    assert pipeline.source.codecommit.branch == "main"
    assert pipeline.build.commands[:2] == ("make lint", "make contract-check")
    assert pipeline.sdks.languages == LANGUAGES
    [_, approve, prod] = pipeline.waves
    assert approve.approval is not None
    assert (approve.approval.hours, prod.on_failure) == (72, "rollback")


def test_a_platform_needs_no_pipeline(tmp_path: Path) -> None:
    assert load_platform(write(tmp_path, FILE.partition("pipeline:")[0])).pipeline is None


def test_an_environment_alone_has_no_pipeline(tmp_path: Path) -> None:
    alone = load_platform(write(tmp_path, FILE)).only("local")
    assert [environment.name for environment in alone.environments] == ["local"]
    assert alone.pipeline is None


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("codecommit: {repository: shop}", "", 16, ["none of them", "exactly one of connection"]),
        (
            "codecommit: {repository: shop}",
            f"codecommit: {{repository: a}}, connection: {{arn: '{CONNECTION}', repository: a/b}}",
            16,
            ["connection and codecommit", "keep one of them"],
        ),
        ("repository: shop", "repo: shop", 16, ["repository"]),
        ("environments: [prod]", "environments: [pord]", 20, ["did you mean 'prod'"]),
        ("environments: [prod]", "environments: [test]", 20, ["which wave 'test' deploys"]),
        ("environments: [prod]", "environments: [local]", 20, ["for this machine", "build_for"]),
        ("environments: [prod]", "environments: [prod], approval: {}", 20, ["a wave of its own"]),
        ("{environments: [prod]}", "{}", 20, ["neither", "approval: {}"]),
        ("approval: {}", "approval: {}, checks: {smoke: {}}", 19, ["nothing deployed"]),
        ("approval: {}", "approval: {hours: 400}", 19, ["1 to 336"]),
        ("contract: {key: checks}", "contract: {key: check}", 18, ["did you mean 'checks'"]),
        ("contract: {key: checks}", "contract: {key: old}", 18, ["disabled", "enable keys.old"]),
        (
            "environments: [prod]",
            "environments: [prod], checks: {smoke: {key: checks}}",
            20,
            ["on no plan that prod offers", "add checks to environments.prod.plans"],
        ),
        (
            "environments: [prod]",
            f"environments: [prod], checks: {{{THIRD}, mode: callback, minutes: 90}}}}",
            20,
            ["at most 60 minutes"],
        ),
        (
            "environments: [prod]",
            "environments: [prod], checks: {third_party: {url: 'http://x.com/', secret: s}}",
            20,
            ["https://"],
        ),
        ("    prod: {env", "    build: {env", 20, ["the pipeline has of itself"]),
        (
            "  region: us-east-1\n  source",
            "  region: us-east-1\n  execution: all\n  source",
            16,
            ["superseded, queued"],
        ),
    ],
)
def test_mistakes_are_told_with_line_and_remedy(
    tmp_path: Path, old: str, new: str, line: int, words: list[str]
) -> None:
    assert old in FILE
    file = write(tmp_path, FILE.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        load_platform(file)
    told = str(caught.value)
    assert f"platform.yaml:{line}:" in told, told
    assert all(word in told for word in words), told
