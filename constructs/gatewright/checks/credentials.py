"""Credentials for calls: an API key's value, tokens of the machine client and of a user.

What is made for it, a user and an app client, is removed again. AWS: GetApiKey,
DescribeUserPoolClient, AdminInitiateAuth; RFC 6749, section 4.4.
"""

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from gatewright.checks.clients import Clients
from gatewright.checks.environment import Environment
from gatewright.checks.errors import CheckError
from gatewright.checks.http import Http
from gatewright.checks.users import Tokens, temporary_user

API_KEY = "api_key"
COGNITO = "cognito"
IAM = "iam"
KEY_HEADER = "x-api-key"


class NoCredentialsError(Exception):
    """There is no credential of the kind that is asked for. The text says why."""


class Credentials:
    """The credentials of an environment, each fetched when it is first asked for.

    ``key`` is the name of an API key of the environment's plans, or empty. A user is made only
    with ``users``. To be used in a ``with``, which removes what was made.
    """

    def __init__(
        self, environment: Environment, clients: Clients, http: Http, *, key: str, users: bool
    ) -> None:
        self._environment = environment
        self._clients = clients
        self._http = http
        self._key = key
        self._users = users
        self._made = ExitStack()
        self._key_value = ""
        self._tokens: Tokens | None = None
        self._machine_tokens: dict[tuple[str, ...], str] = {}
        self._machine: Mapping[str, Any] | None = None

    def __enter__(self) -> "Credentials":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._made.close()

    def headers(self, security: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Headers that satisfy a Security Requirement Object. Raises NoCredentialsError."""
        headers = {}
        for scheme, scopes in security.items():
            if scheme == API_KEY:
                headers[KEY_HEADER] = self.key()
            elif scheme == COGNITO:
                # AWS: a Cognito authorizer takes ID tokens, and access tokens for scopes.
                token = self.machine_token(scopes) if scopes else self.user().identity
                headers["Authorization"] = f"Bearer {token}"
            else:
                raise NoCredentialsError(f"whom {scheme} knows, only its service can tell")
        return headers

    def key(self) -> str:
        """The value of the API key."""
        if not self._key:
            raise NoCredentialsError('no "key" is named to call with')
        if self._key not in self._environment.key_ids:
            known = ", ".join(self._environment.key_ids) or "none"
            raise CheckError(f'The environment has no API key "{self._key}"; it has {known}.')
        if not self._key_value:
            found = self._clients("apigateway").get_api_key(
                apiKey=self._environment.key_ids[self._key], includeValue=True
            )
            self._key_value = str(found["value"])
        return self._key_value

    def machine_token(self, scopes: Sequence[str]) -> str:
        """The access token that the machine client gets for ``scopes``."""
        wanted = tuple(scopes)
        if wanted not in self._machine_tokens:
            self._machine_tokens[wanted] = self._ask(wanted)
        return self._machine_tokens[wanted]

    def other_scope(self, scopes: Sequence[str]) -> str:
        """A machine's token that is good, but for none of ``scopes``."""
        others = [
            s for s in self._machine_client().get("AllowedOAuthScopes", ()) if s not in scopes
        ]
        if not others:
            raise NoCredentialsError("there is no other scope to ask a token for")
        return self.machine_token(others[:1])

    def user(self) -> Tokens:
        """The tokens of a user that is made for it."""
        if not self._users:
            raise NoCredentialsError('UserParameters do not say "users": true')
        if self._tokens is None:
            cognito = self._clients("cognito-idp")
            made = temporary_user(cognito, self._environment.user_pool_id)
            self._tokens = self._made.enter_context(made)
        return self._tokens

    @property
    def secret_values(self) -> list[str]:
        """Everything of these that must not be shown."""
        tokens = [self._tokens.identity, self._tokens.access] if self._tokens else []
        client = str(self._machine["ClientSecret"]) if self._machine else ""
        found = [self._key_value, client, *self._machine_tokens.values(), *tokens]
        return [value for value in found if value]

    def _machine_client(self) -> Mapping[str, Any]:
        if not self._environment.machine_client_id:
            raise NoCredentialsError("the environment has no machine client")
        if self._machine is None:
            self._machine = self._clients("cognito-idp").describe_user_pool_client(
                UserPoolId=self._environment.user_pool_id,
                ClientId=self._environment.machine_client_id,
            )["UserPoolClient"]
        return self._machine

    def _ask(self, scopes: tuple[str, ...]) -> str:
        client = self._machine_client()
        pair = f"{client['ClientId']}:{client['ClientSecret']}"
        answer = self._http.send(
            "POST",
            self._environment.token_url,
            {
                "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(),
                "Content-Type": "application/x-www-form-urlencoded",
            },
            urlencode({"grant_type": "client_credentials", "scope": " ".join(scopes)}).encode(),
        )
        if answer.status != 200:
            raise CheckError(
                f"The token endpoint refused scopes {' '.join(scopes)}: {answer.status} "
                f"{answer.text[:200]}"
            )
        return str(answer.json["access_token"])


def unsigned_token(environment: Environment) -> str:
    """A token of the environment's pool that nobody signed (RFC 7519, "none")."""
    issuer = f"https://cognito-idp.{environment.region}.amazonaws.com/{environment.user_pool_id}"
    claims = {"iss": issuer, "sub": secrets.token_hex(16), "token_use": "id", "exp": 2**33}
    return f"{_encoded({'alg': 'none', 'typ': 'JWT'})}.{_encoded(claims)}."


def changed_token(token: str) -> str:
    """``token`` with another claim than the one that was signed."""
    header, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return f"{header}.{_encoded({**claims, 'sub': secrets.token_hex(16)})}.{signature}"


def _encoded(part: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
