"""Runs cases against a deployed environment."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import urllib3

from gatewright.checks.contract.cases import Case, Sent
from gatewright.checks.credentials import (
    API_KEY,
    KEY_HEADER,
    Credentials,
    NoCredentialsError,
    changed_token,
    unsigned_token,
)
from gatewright.checks.environment import Environment
from gatewright.checks.http import Answer, Http
from gatewright.checks.outcome import shortened
from gatewright.checks.report import FAILED, PASSED, SKIPPED, CheckResult, without

PATIENCE_SECONDS = 60.0
_SHOWN = 300
_UNKNOWN_KEY = "gatewright-check-of-an-unknown-key"


class CaseRunner:
    """Runs cases one at a time.

    New keys and stages take a while to reach every host of API Gateway: a 403 in place of a success
    is asked again, for ``patience`` seconds over all cases.
    """

    def __init__(
        self,
        environment: Environment,
        credentials: Credentials,
        http: Http,
        *,
        patience: float = PATIENCE_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._environment = environment
        self._credentials = credentials
        self._http = http
        self._patience = patience
        self._sleep = sleep

    def run(self, case: Case) -> CheckResult:
        """Run one case, whatever comes of it."""
        expected = " or ".join(str(status) for status in case.expected)
        result = CheckResult(name=case.name, api=case.call.api, expected=expected, outcome=FAILED)
        try:
            headers = self._credential_headers(case)
            answer = self._answer(case, headers)
        except NoCredentialsError as error:
            return replace(result, outcome=SKIPPED, message=str(error))
        except urllib3.exceptions.HTTPError as error:
            return replace(result, message=f"no answer: {error}")
        return replace(
            result,
            outcome=PASSED if answer.status in case.expected else FAILED,
            status=answer.status,
            seconds=round(answer.seconds, 4),
            request_id=answer.request_id,
            message=self._message(case, expected, answer),
        )

    def _message(self, case: Case, expected: str, answer: Answer) -> str:
        if answer.status in case.expected:
            return ""
        body = without(answer.text, self._credentials.secret_values)
        return f"expected {expected}, got {answer.status} {shortened(body, _SHOWN)}"

    def _answer(self, case: Case, credentials: Mapping[str, str]) -> Answer:
        url = self._environment.apis[case.call.api].url + case.call.path
        while True:
            headers = {**case.call.sent_headers(), **credentials}
            if case.body is not None:
                headers["Content-Type"] = case.media_type
            answer = self._http.send(case.call.method, url, headers, case.body)
            too_early = answer.status == 403 and case.sent is Sent.VALID
            if not too_early or 403 in case.expected or self._patience <= 0:
                return answer
            self._patience -= 1
            self._sleep(1)

    def _credential_headers(self, case: Case) -> dict[str, str]:
        security = case.call.security
        if case.sent is Sent.NONE:
            return {}
        if case.sent is Sent.VALID:
            return self._credentials.headers(security)
        if case.sent is Sent.UNKNOWN_KEY:
            tokens = {scheme: scopes for scheme, scopes in security.items() if scheme != API_KEY}
            return {**self._credentials.headers(tokens), KEY_HEADER: _UNKNOWN_KEY}
        keys = {scheme: scopes for scheme, scopes in security.items() if scheme == API_KEY}
        return {**self._credentials.headers(keys), "Authorization": f"Bearer {self._token(case)}"}

    def _token(self, case: Case) -> str:
        scopes = case.call.scopes
        if case.sent is Sent.OTHER_SCOPE:
            return self._credentials.other_scope(scopes)
        if case.sent is Sent.IDENTITY:
            return self._credentials.user().identity
        if case.sent is Sent.UNSIGNED:
            return unsigned_token(self._environment)
        if case.sent is Sent.MALFORMED:
            return "not.a.token"
        good = self._credentials.machine_token(scopes) if scopes else None
        return changed_token(good or self._credentials.user().identity)
