"""Requests a second through the embedded AWS, and through what rivals serve on a laptop."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.commands import free_port, serving
from bench.crud.chalice import write_chalice
from bench.crud.templates import write_serverless
from bench.deployed import deployed
from bench.interleave import Contender, interleaved
from bench.options import Options
from bench.report import NotMeasuredError, Report, Row, ratio
from bench.rival_tools import FOLDER, node_tool, python_tool, rival_environment

_CONNECTIONS = (1, 8, 32)
_OURS, _WITH_KEY = "embedded AWS, GET /", "embedded AWS, GET /list_foods with a key"
_RIVALS = ("chalice local, GET /", "serverless offline, GET /")


def measure(options: Options) -> Report:
    """Every server runs the same Python work: a small JSON object. None was asked before."""
    options.say("Requests a second")
    missing: dict[str, str] = {}
    with ExitStack() as servers:
        urls = _ours(servers, options.work / "throughput")
        urls |= _rivals(servers, options.work / "throughput-rivals", missing)
        contenders = {
            f"{name}, {_count(connections)}": _load(*urls[name], connections, options.seconds)
            for connections in _CONNECTIONS
            for name in urls
        }
        rows = interleaved(
            contenders,
            runs=options.runs,
            unit="/s",
            say=options.say,
            slow_seconds=options.seconds * 10,
        )
    rows += [Row.missing(name, "/s", why) for name, why in missing.items()]
    ratios = [
        found
        for connections in _CONNECTIONS
        for rival in _RIVALS
        for found in ratio(
            rows, f"{_OURS}, {_count(connections)}", f"{rival}, {_count(connections)}"
        )
    ]
    return Report(title="Requests a second; more is better", rows=rows, ratios=ratios)


Urls = dict[str, tuple[str, Mapping[str, str]]]


def _ours(servers: ExitStack, folder: Path) -> Urls:
    deployment = servers.enter_context(deployed(folder))
    url = deployment.url("foods-v1")
    key = {"x-api-key": deployment.key()}
    return {_OURS: (url, {}), _WITH_KEY: (f"{url}list_foods", key)}


def _rivals(servers: ExitStack, folder: Path, missing: dict[str, str]) -> Urls:
    urls: Urls = {}
    for name, serve in zip(_RIVALS, (_chalice_local, _serverless_offline), strict=True):
        try:
            urls[name] = (servers.enter_context(serve(folder)), {})
        except NotMeasuredError as error:
            missing[name] = str(error)
    return urls


@contextmanager
def _chalice_local(folder: Path) -> Iterator[str]:
    app = write_chalice(folder / "chalice", 5)
    port = free_port()
    command = [python_tool("chalice"), "local", "--port", str(port), "--no-autoreload"]
    url = f"http://127.0.0.1:{port}/"
    with serving(command, folder=app, environment=rival_environment(), url=url):
        yield url


@contextmanager
def _serverless_offline(folder: Path) -> Iterator[str]:
    app = write_serverless(folder / "serverless", 5, FOLDER / "node_modules")
    port, internal = free_port(), free_port()
    command = [
        *(node_tool("serverless"), "offline", "--noPrependStageInUrl"),
        *("--httpPort", str(port), "--lambdaPort", str(internal)),
    ]
    url = f"http://127.0.0.1:{port}/"
    with serving(command, folder=app, environment=rival_environment(), url=url):
        yield url


def _load(url: str, headers: Mapping[str, str], connections: int, seconds: int) -> Contender:
    return lambda: _requests_a_second(url, headers, connections, seconds)


def _requests_a_second(
    url: str, headers: Mapping[str, str], connections: int, seconds: int
) -> float:
    sent = [part for name, value in headers.items() for part in ("--headers", f"{name}={value}")]
    command = [node_tool("autocannon"), "--json", "--connections", str(connections)]
    ran = subprocess.run(
        [*command, "--duration", str(seconds), *sent, url],
        env=rival_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        raise NotMeasuredError(f"autocannon failed: {ran.stderr.strip()[-200:]}")
    found = json.loads(ran.stdout)
    failed = found["non2xx"] + found["errors"] + found["timeouts"]
    if failed:
        raise NotMeasuredError(f"{failed} of {found['requests']['total']} requests failed")
    return float(found["2xx"]) / float(found["duration"])


def _count(connections: int) -> str:
    return "1 connection" if connections == 1 else f"{connections} connections"
