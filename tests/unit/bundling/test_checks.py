"""The checks run with nothing beside them but what Lambda's runtime brings."""

import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

from gatewright.bundling import HOST, bundle_checks, bundle_service

ROOT = Path(__file__).parents[3]
FOODS = ROOT / "lambda_src" / "foods"
HANDLERS = ("contract_checks", "third_party_check", "load_check", "canary_watch", "release_sweep")
PROVIDED = ("boto3", "botocore", "s3transfer", "urllib3", "jmespath", "dateutil", "six")


def test_equal_code_gives_equal_bytes(tmp_path: Path) -> None:
    first, second = bundle_checks(tmp_path / "a"), bundle_checks(tmp_path / "b")
    assert first.content_hash == second.content_hash
    assert first.path.read_bytes() == second.path.read_bytes()
    assert bundle_checks(tmp_path / "a") == first


def test_it_holds_the_checks_and_nothing_else(tmp_path: Path) -> None:
    names = ZipFile(bundle_checks(tmp_path).path).namelist()
    assert "gatewright/checks/contract/cases.py" in names
    others = {name for name in names if not name.startswith("gatewright/checks/")}
    assert others == {
        "gatewright/__init__.py",
        "gatewright/canary/__init__.py",
        "gatewright/canary/progress.py",
        "gatewright/canary/record.py",
        "gatewright/operations/__init__.py",
        "gatewright/operations/deployed.py",
        "gatewright/operations/release_reading.py",
        "gatewright/operations/release_sweep.py",
        "gatewright/operations/releases.py",
        "gatewright/operations/sweeping.py",
    }
    assert all(name.endswith(".py") for name in names)


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_needs_only_what_lambda_brings(tmp_path: Path, handler: str) -> None:
    with ZipFile(bundle_checks(tmp_path).path) as archive:
        archive.extractall(tmp_path / "task")
    provided = tmp_path / "runtime"
    provided.mkdir()
    for name in PROVIDED:
        for found in Path(sysconfig.get_path("purelib")).glob(f"{name}*"):
            (provided / found.name).symlink_to(found)
    program = (
        f"import sys; sys.path[:0] = sys.argv[1:]; import gatewright.checks.{handler} as m\n"
        "late = [n for n in ('boto3', 'botocore', 'pydantic', 'aws_cdk') if n in sys.modules]\n"
        "from gatewright.checks.clients import own_clients\n"
        "own_clients('us-east-1')('s3'); own_clients('us-east-1')('codepipeline')\n"
        "print(callable(m.handler), late)"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, str(tmp_path / "task"), str(provided)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.strip() == "True []", ran.stderr


def test_a_services_checks_are_neither_shipped_nor_a_release() -> None:
    assert (FOODS / "checks" / "v2.py").is_file()
    bundle = bundle_service(FOODS, HOST, ROOT / ".gatewright" / "bundles")
    assert not [n for n in ZipFile(bundle.path).namelist() if n.startswith("foods/checks")]
