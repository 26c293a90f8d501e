"""A temporary user is gone afterwards, whatever happened."""

from collections.abc import Mapping
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pyotp
import pytest

from gatewright.checks.users import one_time_password, temporary_user


class FakeCognito:
    """A pool's users and clients; ``failing`` is the call that raises."""

    tokens: Mapping[str, str] = MappingProxyType({"IdToken": "identity", "AccessToken": "access"})

    def __init__(self, *, mfa: bool = False, failing: str = "") -> None:
        self.users: set[str] = set()
        self.clients: set[str] = set()
        self.mfa = mfa
        self.failing = failing

    def create_user_pool_client(self, **_fields: Any) -> Any:
        self.clients.add("client")
        return {"UserPoolClient": {"ClientId": "client"}}

    def delete_user_pool_client(self, *, UserPoolId: str, ClientId: str) -> None:  # noqa: N803, ARG002
        self.clients.remove(ClientId)

    def admin_create_user(self, **fields: Any) -> None:
        self._may_fail("admin_create_user")
        assert fields["MessageAction"] == "SUPPRESS"
        self.users.add(fields["Username"])

    def admin_set_user_password(self, **_fields: Any) -> None:
        self._may_fail("admin_set_user_password")

    def admin_delete_user(self, *, UserPoolId: str, Username: str) -> None:  # noqa: N803, ARG002
        self._may_fail("admin_delete_user")
        self.users.remove(Username)

    def admin_initiate_auth(self, **_fields: Any) -> Any:
        self._may_fail("admin_initiate_auth")
        if self.mfa:
            return {"ChallengeName": "MFA_SETUP", "Session": "s1"}
        return {"AuthenticationResult": self.tokens}

    def associate_software_token(self, *, Session: str) -> Any:  # noqa: N803
        assert Session == "s1"
        return {"SecretCode": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "Session": "s2"}

    def verify_software_token(self, *, Session: str, UserCode: str) -> Any:  # noqa: N803
        assert Session == "s2"
        assert pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").verify(UserCode, valid_window=1)
        return {"Session": "s3"}

    def admin_respond_to_auth_challenge(self, **fields: Any) -> Any:
        assert fields["Session"] == "s3"
        return {"AuthenticationResult": self.tokens}

    def _may_fail(self, call: str) -> None:
        if call == self.failing:
            raise RuntimeError(call)


@pytest.mark.parametrize("mfa", [False, True])
def test_tokens_of_a_user_who_is_removed(mfa: bool) -> None:
    cognito = FakeCognito(mfa=mfa)
    with temporary_user(cognito, "pool") as tokens:
        assert (tokens.identity, tokens.access) == ("identity", "access")
        assert len(cognito.users) == len(cognito.clients) == 1
    assert not cognito.users | cognito.clients


@pytest.mark.parametrize(
    "failing", ["admin_create_user", "admin_set_user_password", "admin_initiate_auth"]
)
def test_what_was_made_before_a_failure_is_removed(failing: str) -> None:
    cognito = FakeCognito(failing=failing)
    with pytest.raises(RuntimeError, match=failing), temporary_user(cognito, "pool"):
        pass
    assert not cognito.users | cognito.clients


def test_one_removal_that_fails_does_not_keep_the_other() -> None:
    cognito = FakeCognito(failing="admin_delete_user")
    with pytest.raises(RuntimeError), temporary_user(cognito, "pool"):
        pass
    assert not cognito.clients


def test_tokens_are_not_shown() -> None:
    with temporary_user(FakeCognito(), "pool") as tokens:
        assert repr(tokens) == repr(SimpleNamespace()).replace("namespace", "Tokens")


@pytest.mark.parametrize("seconds", [0, 59, 1111111109, 20000000000])
def test_one_time_passwords_are_those_of_an_authenticator_app(seconds: int) -> None:
    secret = pyotp.random_base32()
    assert one_time_password(secret, seconds) == pyotp.TOTP(secret).at(seconds)
