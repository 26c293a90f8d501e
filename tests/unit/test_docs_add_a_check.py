"""What docs/guides/add-a-check.md shows does what it says."""

import hmac
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from gatewright.checks.own.checks import find_checks
from gatewright.checks.third_party.signature import signature

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "guides" / "add-a-check.md").read_text()
OWN, VERIFIED, APP = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


def test_the_own_check_is_found(tmp_path: Path) -> None:
    (tmp_path / "foods").mkdir()
    (tmp_path / "foods" / "guide.py").write_text(OWN)
    apis: Any = {"foods-v2": None}
    assert len(list(find_checks(tmp_path, apis))) == 1


def test_the_signatures_are_ours() -> None:
    [secret] = re.findall(r"the secret\s+`([^`]+)`", GUIDE)
    [timestamp] = re.findall(r"timestamp\s+`(\d+)`", GUIDE)
    [body] = re.findall(r"the body\s+`([^`]+)`", GUIDE)
    signatures = re.findall(r"`(sha256=[0-9a-f]{64})`", GUIDE)
    assert signatures == [signature(secret, timestamp, content) for content in (body.encode(), b"")]


def test_the_other_side_accepts_them_and_nothing_else() -> None:
    names: dict[str, Any] = {"hmac": hmac}
    exec(VERIFIED, names)  # noqa: S102
    is_genuine = names["is_genuine"]
    signed = signature("secret", "1000", b"body")
    assert is_genuine("secret", "1000", signed, b"body", 1200)
    assert not is_genuine("secret", "1000", signed, b"other", 1200)
    assert not is_genuine("other", "1000", signed, b"body", 1200)
    assert not is_genuine("secret", "1000", signed, b"body", 1301)


def test_the_app_synthesises(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (tmp_path / "main.py").write_text(APP.replace("App()", f"App(outdir={str(out)!r})"))
    subprocess.run([sys.executable, "main.py"], cwd=tmp_path, check=True)
    template = json.loads((out / "shop-pipeline.template.json").read_text())
    [pipeline] = [
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::CodePipeline::Pipeline"
    ]
    [action] = pipeline["Stages"][-1]["Actions"]
    assert action["ActionTypeId"]["Provider"] == "Lambda"
    assert json.loads(action["Configuration"]["UserParameters"])["suite"] == "smoke"
    assert action["InputArtifacts"]
