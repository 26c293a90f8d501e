"""The sizes of bundles: ours for both targets, and of rivals that make one."""

import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from bench.commands import seconds
from bench.crud.chalice import write_chalice
from bench.crud.templates import write_serverless
from bench.options import Options
from bench.report import NotMeasuredError, Report, Row
from bench.rival_tools import FOLDER, node_tool, python_tool, rival_environment
from gatewright.bundling import HOST, LAMBDA, bundle_service
from gatewright.config import load_platform
from local.cdk_cli import ROOT
from stacks.contracts import BUNDLES

_TARGETS = {"lambda": LAMBDA, "host": HOST}


def measure(options: Options) -> Report:
    """What is deployed for each service. Lambda unzips at most 250 MB."""
    options.say("Bundle sizes")
    rows = []
    services = {api.package for api in load_platform(ROOT / "platform.yaml").apis}
    for service in sorted(services):
        for name, target in _TARGETS.items():
            bundle = bundle_service(ROOT / "lambda_src" / service, target, ROOT / BUNDLES)
            rows += _sizes(f"{service} for {name}", bundle.path)
    rows += _rival("chalice package, no dependencies", _chalice, options)
    rows += _rival("serverless package, no dependencies", _serverless, options)
    return Report(title="Bundle sizes", rows=rows)


def _sizes(name: str, bundle: Path) -> list[Row]:
    with ZipFile(bundle) as archive:
        unzipped = sum(info.file_size for info in archive.infolist())
    return [
        Row.once(f"{name}, zipped", bundle.stat().st_size / 1e6, "MB"),
        Row.once(f"{name}, unzipped", unzipped / 1e6, "MB"),
    ]


def _rival(name: str, make: Callable[[Path], Path], options: Options) -> list[Row]:
    folder = options.work / "bundles" / name.split()[0]
    try:
        return _sizes(name, make(folder))
    except NotMeasuredError as error:
        return [Row.missing(name, "MB", str(error))]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _chalice(folder: Path) -> Path:
    write_chalice(folder, 5)
    command = [python_tool("chalice"), "package", "out"]
    seconds(command, folder=folder, environment=rival_environment())
    return folder / "out" / "deployment.zip"


def _serverless(folder: Path) -> Path:
    write_serverless(folder, 5, FOLDER / "node_modules")
    seconds([node_tool("serverless"), "package"], folder=folder, environment=rival_environment())
    return folder / ".serverless" / "shop.zip"
