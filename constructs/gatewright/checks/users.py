"""A user that exists for the time of a check."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

_PREFIX = "gatewright-check"


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """What a user who signed in gets: who they are, and what they may do."""

    identity: str = field(repr=False)
    access: str = field(repr=False)


@contextmanager
def temporary_user(cognito: Any, pool: str) -> Iterator[Tokens]:
    """The tokens of a user in no group, who is removed afterwards, with the client for them.

    ``cognito`` is a boto3 client of cognito-idp, ``pool`` the user pool's id.
    """
    with ExitStack() as made:
        client = cognito.create_user_pool_client(
            UserPoolId=pool,
            ClientName=_PREFIX,
            ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        )["UserPoolClient"]["ClientId"]
        made.callback(cognito.delete_user_pool_client, UserPoolId=pool, ClientId=client)
        user = f"{_PREFIX}-{secrets.token_hex(8)}@example.com"
        cognito.admin_create_user(
            UserPoolId=pool,
            Username=user,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": user},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
        made.callback(cognito.admin_delete_user, UserPoolId=pool, Username=user)
        # With a character of each kind that a pool can demand.
        password = f"Aa1-{secrets.token_urlsafe(24)}"
        cognito.admin_set_user_password(
            UserPoolId=pool, Username=user, Password=password, Permanent=True
        )
        yield sign_in(cognito, {"UserPoolId": pool, "ClientId": client}, user, password)


def one_time_password(secret: str, seconds: float) -> str:
    """The six digits of an authenticator app at a Unix time (RFC 6238, of 30 seconds)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    digest = hmac.digest(key, int(seconds // 30).to_bytes(8), hashlib.sha1)
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def sign_in(cognito: Any, caller: Mapping[str, str], user: str, password: str) -> Tokens:
    """The tokens of a user who has no second factor yet.

    ``caller`` has the ``UserPoolId`` and the ``ClientId``, which allows
    ALLOW_ADMIN_USER_PASSWORD_AUTH.
    """
    answer = cognito.admin_initiate_auth(
        **caller,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": user, "PASSWORD": password},
    )
    if answer.get("ChallengeName") == "MFA_SETUP":
        # The pool demands a second factor, and a new user has none yet.
        answer = cognito.admin_respond_to_auth_challenge(
            **caller,
            ChallengeName="MFA_SETUP",
            Session=_second_factor(cognito, answer["Session"]),
            ChallengeResponses={"USERNAME": user},
        )
    result = answer["AuthenticationResult"]
    return Tokens(identity=str(result["IdToken"]), access=str(result["AccessToken"]))


def _second_factor(cognito: Any, session: str) -> str:
    """Give the signing-in user an authenticator app, and return the session that goes on."""
    started = cognito.associate_software_token(Session=session)
    code = one_time_password(started["SecretCode"], time.time())
    verified = cognito.verify_software_token(Session=started["Session"], UserCode=code)
    return str(verified["Session"])
