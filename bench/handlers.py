"""Cold and warm times of every API's handler, and of the least that does the same work."""

import json
import shutil
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.cold_starts import ColdStart, Function, lambda_runtime, unzipped
from bench.deployed import Deployment, deployed
from bench.interleave import Contender, interleaved
from bench.options import Options
from bench.report import NotMeasuredError, Report, Row, Summary, ratio
from gatewright.bundling import HOST, bundle_service
from gatewright.config import ApiConfig, load_platform
from local.cdk_cli import ROOT
from stacks.contracts import BUNDLES
from tests.local.requests import Call, calls
from tests.unit.proxy_events import proxy_event

_BASELINES = Path(__file__).parent / "baselines"
_AT_MOST = 1.3
_WARM_EVENTS = 50
# An interpreter that starts takes a half more or less by chance: five times are too few.
_ROUNDS = 3
_KINDS: dict[str, Callable[[Call], bool]] = {
    "read": lambda call: call.method == "GET",
    "write": lambda call: call.method in ("POST", "PUT"),
}
_LEAST = "least Powertools"


def measure(options: Options) -> Report:
    """Every API of platform.yaml, against the embedded AWS that it is deployed to."""
    options.say("Cold and warm handlers")
    rows: list[Row] = []
    work = options.work / "handlers"
    with deployed(work / "platform") as deployment:
        beside = lambda_runtime(work / "runtime")
        for api in load_platform(ROOT / "platform.yaml").apis:
            rows += _api(api, _functions(api, deployment, work, beside), deployment, options)
    ratios = [
        found
        for row in rows
        for found in ratio(rows, row.name, f"{row.name}, {_LEAST}", at_most=_AT_MOST)
        if row.unit == "ms" and "first" in row.name
    ]
    return Report(
        title="Handlers: a fresh interpreter with the bundle alone", rows=rows, ratios=ratios
    )


@dataclass
class _Timed:
    """A function, and all its starts."""

    function: Function
    starts: list[ColdStart] = field(default_factory=list)


def _functions(
    api: ApiConfig, deployment: Deployment, work: Path, beside: Path
) -> dict[str, Function]:
    """Ours, ours as Lambda unpacks it, and the least that does the same, by what they add."""
    variables = deployment.function_variables(api.api_name)
    service = ROOT / "lambda_src" / api.package
    bundle = bundle_service(service, HOST, ROOT / BUNDLES).path
    folder = work / api.api_name
    found = {
        "": (unzipped(bundle, folder / "ours"), api.answers),
        ", no byte code": (unzipped(bundle, folder / "plain", byte_code=False), api.answers),
    }
    module = api.api_name.replace("-", "_")
    if (_BASELINES / f"{module}.py").exists():
        least = _least(service, work / f"{api.api_name}-least")
        found[f", {_LEAST}"] = (unzipped(least, folder / "least"), f"baselines.{module}.app")
    return {
        name: Function(path=(path, beside), handler=handler, variables=variables)
        for name, (path, handler) in found.items()
    }


def _least(service: Path, work: Path) -> Path:
    """The baselines, bundled with what the service's lock names."""
    folder = work / "baselines"
    shutil.copytree(_BASELINES, folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(service / "requirements.txt", folder)
    return bundle_service(folder, HOST, ROOT / BUNDLES).path


def _api(
    api: ApiConfig, functions: dict[str, Function], deployment: Deployment, options: Options
) -> list[Row]:
    rows: list[Row] = []
    for kind, wanted in _KINDS.items():
        name = f"{api.api_name} {kind}"
        try:
            _events(deployment, api.api_name, wanted, 1)
        except StopIteration:
            rows.append(Row.missing(name, "ms", "the API has none"))
            continue
        timed = {f"{name}: import and first{added}": _Timed(f) for added, f in functions.items()}
        contenders = {
            title: _contender(found, deployment, api.api_name, wanted, options.work)
            for title, found in timed.items()
        }
        rows += interleaved(contenders, runs=_ROUNDS * options.runs, unit="ms", say=options.say)
        rows += [row for title, found in timed.items() for row in _parts(title, found.starts)]
    return rows


def _contender(
    timed: _Timed, deployment: Deployment, api: str, wanted: Callable[[Call], bool], work: Path
) -> Contender:
    def start() -> float:
        events = _events(deployment, api, wanted, 1 + _WARM_EVENTS)
        timed.starts.append(timed.function.start(events, work))
        return timed.starts[-1].served * 1e3

    return start


def _parts(title: str, starts: Sequence[ColdStart]) -> list[Row]:
    """The import alone, and the warm answers. The first start is the round that does not count."""
    counted = starts[1:] or starts
    if not counted:
        return []
    imports = [start.imported * 1e3 for start in counted]
    warm = [statistics.median(start.warm) * 1e6 for start in counted]
    return [
        Row(
            name=title.replace("import and first", "import"), unit="ms", summary=Summary.of(imports)
        ),
        Row(name=title.replace("import and first", "warm"), unit="us", summary=Summary.of(warm)),
    ]


def _events(
    deployment: Deployment, api: str, wanted: Callable[[Call], bool], count: int
) -> list[dict[str, Any]]:
    """The API's first operation of a kind, with the contract's examples, ``count`` times.

    Each is made anew: what it creates has another name, and its idempotency key is another one.
    Raises StopIteration when there is no such operation.
    """
    contract = {api: deployment.contracts[api]}
    return [_event(next(call for call in calls(contract) if wanted(call))) for _ in range(count)]


def _event(call: Call) -> dict[str, Any]:
    path, _, query = call.path.partition("?")
    if query:
        raise NotMeasuredError(f"{call.label} asks for a query")
    return proxy_event(
        call.method,
        f"/{path}",
        None if call.body is None else json.dumps(call.body),
        headers=call.sent_headers(),
        subject="bench",
    )
