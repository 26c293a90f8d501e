"""Fuzzes the APIs of an environment, one after the other."""

import json
import time
from collections.abc import Callable
from dataclasses import replace

from gatewright.checks.artifact import Document, read_openapi
from gatewright.checks.clients import Clients, own_clients, role_clients
from gatewright.checks.credentials import Credentials
from gatewright.checks.environment import Environment, read_environment
from gatewright.checks.errors import CheckError
from gatewright.checks.fuzz.findings import Finding, Outcome
from gatewright.checks.fuzz.operations import operations_of
from gatewright.checks.fuzz.schemathesis_run import run_schemathesis
from gatewright.checks.fuzz.settings import Settings
from gatewright.checks.fuzz.summary import FuzzedApi, again, as_json, failure_lines
from gatewright.checks.http import Http
from gatewright.checks.report import without

Say = Callable[[str], None]


def fuzz(settings: Settings, say: Say) -> bool:
    """Whether every check held. Tells ``say`` what goes on, and what was found. Raises CheckError.

    Credentials are made for each API anew and removed after it, so that they are good for its time.
    """
    documents = read_openapi(settings.documents)
    if not documents:
        raise CheckError(f"There is no document <api>.json in {settings.documents}: make documents")
    place = settings.place
    each = f"{settings.examples} of each operation"
    say(f"fuzz in {place.environment}: generated requests, {each}, seed {settings.seed}")
    until = time.monotonic() + settings.minutes * 60
    apis = []
    for name, document in documents.items():
        clients = _clients(settings)
        environment = read_environment(
            place, [name], clients("cloudformation"), keys=bool(settings.key)
        )
        seconds = until - time.monotonic()
        apis.append(_fuzz_api(name, document, environment, clients, settings, seconds))
        for line in apis[-1].lines:
            say(line)
    _write(settings, apis)
    return _told(settings, apis, say)


def _clients(settings: Settings) -> Clients:
    place = settings.place
    if not place.role:
        return own_clients(place.region)
    return role_clients(own_clients(place.region)("sts"), place.role, place.region, place.execution)


def _fuzz_api(
    name: str,
    document: Document,
    environment: Environment,
    clients: Clients,
    settings: Settings,
    seconds: float,
) -> FuzzedApi:
    http = Http(settings.rate)
    with Credentials(environment, clients, http, key=settings.key, users=True) as credentials:
        operations = operations_of(document, credentials)
        outcome = Outcome(requests=0, throttled=0, findings=(), finished=True)
        if operations.headers:
            outcome = run_schemathesis(
                document,
                operations,
                settings,
                url=environment.apis[name].url,
                seconds=seconds,
                secrets=credentials.secret_values,
            )
        findings = tuple(_hidden(found, credentials.secret_values) for found in outcome.findings)
    return FuzzedApi(
        name=name,
        called=len(operations.headers),
        left_out=operations.left_out,
        outcome=replace(outcome, findings=findings),
    )


def _hidden(found: Finding, secrets: list[str]) -> Finding:
    return replace(
        found,
        reason=without(found.reason, secrets),
        sent=without(found.sent, secrets),
        came=without(found.came, secrets),
    )


def _write(settings: Settings, apis: list[FuzzedApi]) -> None:
    if settings.report:
        settings.report.parent.mkdir(parents=True, exist_ok=True)
        settings.report.write_text(json.dumps(as_json(settings, apis), indent=2) + "\n")


def _told(settings: Settings, apis: list[FuzzedApi], say: Say) -> bool:
    failures = [(api.name, found) for api in apis for found in api.outcome.findings]
    for api, found in failures:
        say("")
        for line in failure_lines(api, found):
            say(line)
    if failures:
        say(f"\nThe same requests again: {again(settings)}")
    return not failures
