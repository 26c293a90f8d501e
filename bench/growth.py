"""Synth of a platform that has grown: three environments, three services, and the pipeline."""

import shutil
import sys
from pathlib import Path

from bench.commands import clean_environment, seconds
from bench.crud.ours import write_platform
from bench.interleave import Contender, interleaved
from bench.options import Options
from bench.report import Report, ratio

_ROUTES = 5
_AT_MOST = 3.0
_SMALL = "one environment, one service"
_GROWN = "three environments, three services, and the pipeline"
_SERVICES = ("shop", "store", "stall")
_ENVIRONMENTS = ("test", "beta", "prod")


def measure(options: Options) -> Report:
    """`python app.py` of both, in turn; bundles are cached."""
    options.say("Synth of a grown platform")
    folder = options.work / "growth"
    folders = {
        _SMALL: write_platform(folder / "small", _ROUTES),
        _GROWN: _write_grown(folder / "grown"),
    }
    contenders = {name: _app(where) for name, where in folders.items()}
    rows = interleaved(contenders, runs=options.runs, unit="s", say=options.say)
    return Report(
        title="Synth of a grown platform",
        rows=rows,
        ratios=ratio(rows, _GROWN, _SMALL, at_most=_AT_MOST),
    )


def _app(folder: Path) -> Contender:
    environment = clean_environment(CDK_OUTDIR=str(folder / "cdk.out"))
    return lambda: seconds([sys.executable, "app.py"], folder=folder, environment=environment)


def _write_grown(folder: Path) -> Path:
    first, *others = _SERVICES
    write_platform(folder, _ROUTES)
    for name in others:
        shutil.copytree(folder / "lambda_src" / first, folder / "lambda_src" / name)
    (folder / "platform.yaml").write_text(_platform())
    return folder


def _platform() -> str:
    lines = ["project: bench", "environments:"]
    for name in _ENVIRONMENTS:
        lines.append(f'  {name}: {{account: "111111111111", region: us-east-1, plans: [checks]}}')
    lines.append("services:")
    lines += [
        f"  {name}: {{versions: {{v1: {{routes: {name}.v1.handler:app}}}}}}" for name in _SERVICES
    ]
    apis = ", ".join(f"{name}-v1" for name in _SERVICES)
    lines += [f"plans: {{checks: {{apis: [{apis}], rate: 100, burst: 200}}}}"]
    lines += ["keys: {checks: {plans: [checks]}}", "pipeline:"]
    lines += ['  account: "111111111111"', "  region: us-east-1"]
    lines += ["  source: {codecommit: {repository: bench}}", "  waves:"]
    for name, checks in zip(_ENVIRONMENTS, ("contract", "load", "smoke"), strict=True):
        wave = f"{{environments: [{name}], checks: {{{checks}: {{key: checks}}}}}}"
        lines.append(f"    {name}: {wave}")
    lines.append("    approve: {approval: {}}")
    return "\n".join(lines) + "\n"
