"""The app in docs/guides/library.md synthesises as it stands."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.synthesis import ROOT, copied_platform, resources


def test_the_guides_app_synthesises(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "guides" / "library.md").read_text()
    [code] = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    root = copied_platform(tmp_path / "app")
    (root / "main.py").write_text(code.replace("App()", f"App(outdir={str(tmp_path / 'out')!r})"))
    subprocess.run([sys.executable, "main.py"], cwd=root, check=True)
    template = json.loads((tmp_path / "out" / "foods.template.json").read_text())
    assert resources(template, "AWS::ApiGateway::RestApi")
    assert resources(template, "AWS::ApiGateway::UsagePlan")
