"""Synth of one API: ours and the rivals', at several numbers of routes."""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.commands import clean_environment, seconds
from bench.crud.chalice import write_chalice
from bench.crud.described import write_described_platform
from bench.crud.ours import write_platform
from bench.crud.templates import write_methods_app, write_sam, write_serverless
from bench.interleave import Contender, interleaved
from bench.options import Options
from bench.report import NotMeasuredError, Ratio, Report, Row, ratio
from bench.rival_tools import FOLDER, node_tool, python_tool, rival_environment

OURS = "python app.py"
DESCRIBED = "python app.py, of a contract file"
_EDITED = "python app.py, after an edit"
CHALICE = "chalice package"
_VALIDATED = "chalice package, with our models"
# What a user sees: a bound on the ratios of the sizes that they are about.
_CHALICE_ROUTES, _CHALICE_AT_MOST = 50, 3.0
_GROWTH: tuple[tuple[int, int, float], ...] = ((5, 500, 1.4), (5, 1000, 1.5))
_RESOURCES = {
    OURS: "cdk.out/assembly-prod/*shop*.template.json",
    DESCRIBED: "cdk.out/assembly-prod/*shop*.template.json",
    CHALICE: "out/sam.json",
    "SAM translation": "translated.json",
    "serverless package": ".serverless/cloudformation-template-update-stack.json",
    "CDK, a method a route": "cdk.out/*.template.json",
}


def measure(options: Options) -> Report:
    """Each in processes of its own, in turn; bundles are cached, validators off."""
    rows: list[Row] = []
    for count in options.routes:
        options.say(f"Synth of {count} routes")
        folders = _write(options.work / "synth" / str(count), count)
        named = {f"{name}, {count} routes": run for name, run in _contenders(folders).items()}
        rows += interleaved(named, runs=options.runs, unit="s", say=options.say)
        rows += _resources(folders, count)
    return Report(title="Synth of one API", rows=rows, ratios=_ratios(rows, options.routes))


def _write(folder: Path, count: int) -> dict[str, Path]:
    node_modules = FOLDER / "node_modules"
    return {
        OURS: write_platform(folder / "ours", count),
        DESCRIBED: write_described_platform(folder / "described", count),
        _EDITED: write_platform(folder / "edited", count),
        CHALICE: write_chalice(folder / "chalice", count),
        _VALIDATED: write_chalice(folder / "validated", count, validated=True),
        "SAM translation": write_sam(folder / "sam", count),
        "serverless package": write_serverless(folder / "serverless", count, node_modules),
        "CDK, a method a route": write_methods_app(folder / "methods", count),
    }


def _contenders(folders: dict[str, Path]) -> dict[str, Contender]:
    commands: dict[str, Callable[[], list[str]]] = {
        OURS: lambda: [sys.executable, "app.py"],
        DESCRIBED: lambda: [sys.executable, "app.py"],
        _EDITED: lambda: _edited(folders[_EDITED]),
        CHALICE: lambda: [python_tool("chalice"), "package", "out"],
        _VALIDATED: lambda: [python_tool("chalice"), "package", "out"],
        "SAM translation": lambda: [python_tool("python"), str(FOLDER / "translate_sam.py")],
        "serverless package": lambda: [node_tool("serverless"), "package"],
        "CDK, a method a route": lambda: [sys.executable, str(FOLDER / "cdk_methods.py")],
    }
    return {name: partial(_timed, command, folders[name]) for name, command in commands.items()}


def _edited(folder: Path) -> list[str]:
    # Its contracts are kept until a service changes, so a comment makes them read anew.
    with (folder / "lambda_src" / "shop" / "v1" / "handler.py").open("a") as handler:
        handler.write("# edited\n")
    return [sys.executable, "app.py"]


def _timed(command: Callable[[], list[str]], folder: Path) -> float:
    environment = {**rival_environment(), "CDK_OUTDIR": str(folder / "cdk.out")}
    try:
        return seconds(command(), folder=folder, environment=environment)
    except NotMeasuredError as error:
        if "greater than allowed maximum of" in str(error):
            raise NotMeasuredError("more than CloudFormation's 500 resources") from None
        raise


def _resources(folders: dict[str, Path], count: int) -> list[Row]:
    rows = []
    for name, pattern in _RESOURCES.items():
        for template in folders[name].glob(pattern):
            found = len(json.loads(template.read_text())["Resources"])
            rows.append(Row.once(f"{name}, {count} routes: resources", found, ""))
    return rows


def _ratios(rows: list[Row], sizes: tuple[int, ...]) -> list[Ratio]:
    found = []
    for count in sizes:
        bound = _CHALICE_AT_MOST if count == _CHALICE_ROUTES else None
        ours = f"{OURS}, {count} routes"
        found += ratio(rows, ours, f"{CHALICE}, {count} routes", at_most=bound)
        found += ratio(rows, f"{_EDITED}, {count} routes", f"{CHALICE}, {count} routes")
        for rival in (_VALIDATED, "serverless package", "SAM translation", "CDK, a method a route"):
            found += ratio(rows, ours, f"{rival}, {count} routes")
    for few, many, bound in _GROWTH:
        for name in (OURS, DESCRIBED):
            more, less = f"{name}, {many} routes", f"{name}, {few} routes"
            found += ratio(rows, more, less, at_most=bound)
    return found


def whole_platform(options: Options) -> Report:
    """The platform that ships, as the app alone and as `make synth` does it."""
    from local.cdk_cli import ROOT

    options.say("Synth of the whole platform")
    outdir = options.work / "whole"
    environment = clean_environment(CDK_OUTDIR=str(outdir))
    cdk = [str(ROOT / "node_modules" / ".bin" / "cdk"), "synth", "--quiet", "--no-notices"]
    contenders: dict[str, Contender] = {
        OURS: lambda: seconds([sys.executable, "app.py"], folder=ROOT, environment=environment),
        "cdk synth": lambda: seconds(
            [*cdk, "--output", str(outdir)], folder=ROOT, environment=clean_environment()
        ),
    }
    rows = interleaved(contenders, runs=options.runs, unit="s", say=options.say)
    return Report(title="Synth of the whole platform, all environments", rows=rows)
