"""Users and machines that sign in: a Cognito user pool and its clients."""

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from gatewright.consumers.scope_grants import ScopeGrants
from gatewright.escape_hatch import l1
from gatewright.operations.findings import acknowledge
from gatewright.operations.log_groups import LogKeeping

_MFA = {
    "off": cognito.Mfa.OFF,
    "optional": cognito.Mfa.OPTIONAL,
    "required": cognito.Mfa.REQUIRED,
}
_PASSWORDS = cognito.PasswordPolicy(
    min_length=12,
    require_lowercase=True,
    require_uppercase=True,
    require_digits=True,
    require_symbols=True,
    temp_password_validity=Duration.days(3),
)


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """How people sign in.

    ``mfa`` is ``off``, ``optional`` or ``required``. ``passwords_in_request`` lets the user
    client send the password itself (USER_PASSWORD_AUTH) instead of proving it by SRP; it is
    meant for laptops and tests.
    """

    mfa: str
    passwords_in_request: bool


class UserPool(Construct):
    """People sign up by e-mail and verify it; machines get tokens for scopes.

    ``resource_servers`` maps a resource server's identifier to its scopes and their
    descriptions; a scope is asked for as ``<identifier>/<scope>``. The machine client may ask for
    all of them, and users in a group of a scope's name get it; without any scopes there are
    neither. ``logs`` are those of the trigger that grants them. ``protect`` keeps the pool from
    being deleted.
    AWS: "Amazon Cognito user pools", "Scopes, M2M, and resource servers".
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        domain_prefix: str,
        sign_in: SignIn,
        resource_servers: Mapping[str, Mapping[str, str]],
        protect: bool,
        logs: LogKeeping = LogKeeping(),
    ) -> None:
        super().__init__(scope, construct_id)
        self.pool = self._pool(name, sign_in, protect)
        self.domain = self.pool.add_domain(
            "Domain",
            cognito_domain=cognito.CognitoDomainOptions(domain_prefix=domain_prefix),
        )
        scopes = self._resource_servers(resource_servers)
        self.user_client = self._user_client(sign_in)
        self.machine_client = self._machine_client(scopes) if scopes else None
        self._scope_grants(resource_servers, logs)
        self._acknowledge(sign_in)

    def _pool(self, name: str, sign_in: SignIn, protect: bool) -> cognito.UserPool:
        return cognito.UserPool(
            self,
            "Pool",
            user_pool_name=name,
            # The cheapest plan whose triggers may change access tokens.
            feature_plan=cognito.FeaturePlan.ESSENTIALS,
            self_sign_up_enabled=True,
            sign_in_aliases=cognito.SignInAliases(email=True),
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            standard_attributes=cognito.StandardAttributes(
                email=cognito.StandardAttribute(required=True, mutable=True)
            ),
            # A changed address must be verified before it replaces the old one.
            keep_original=cognito.KeepOriginalAttrs(email=True),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            password_policy=_PASSWORDS,
            mfa=_MFA[sign_in.mfa],
            # Codes by SMS can be intercepted and cost money; an authenticator app does neither.
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            deletion_protection=protect,
            removal_policy=(
                RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if protect else RemovalPolicy.DESTROY
            ),
        )

    def _resource_servers(
        self, servers: Mapping[str, Mapping[str, str]]
    ) -> list[cognito.OAuthScope]:
        granted: list[cognito.OAuthScope] = []
        for identifier, scopes in servers.items():
            known = [
                cognito.ResourceServerScope(scope_name=scope, scope_description=text)
                for scope, text in scopes.items()
            ]
            server = self.pool.add_resource_server(
                f"ResourceServer-{identifier}", identifier=identifier, scopes=known
            )
            granted += [cognito.OAuthScope.resource_server(server, scope) for scope in known]
        return granted

    def _scope_grants(self, servers: Mapping[str, Mapping[str, str]], logs: LogKeeping) -> None:
        names = [f"{server}/{scope}" for server, scopes in servers.items() for scope in scopes]
        if names:
            ScopeGrants(self, "ScopeGrants", pool=self.pool, scopes=names, logs=logs)

    def _user_client(self, sign_in: SignIn) -> cognito.UserPoolClient:
        return self.pool.add_client(
            "UserClient",
            auth_flows=cognito.AuthFlow(user_srp=True, user_password=sign_in.passwords_in_request),
            # The hosted sign-in page needs callback addresses, which only an application knows.
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=Duration.hours(1),
            id_token_validity=Duration.hours(1),
            refresh_token_validity=Duration.days(30),
        )

    def _machine_client(self, scopes: list[cognito.OAuthScope]) -> cognito.UserPoolClient:
        client = self.pool.add_client(
            "MachineClient",
            generate_secret=True,
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(client_credentials=True), scopes=scopes
            ),
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=Duration.hours(1),
        )
        # Left out, Cognito also lets users sign in with this client, by SRP.
        l1(client, cognito.CfnUserPoolClient).explicit_auth_flows = ["ALLOW_REFRESH_TOKEN_AUTH"]
        return client

    def _acknowledge(self, sign_in: SignIn) -> None:
        acknowledge(
            self.pool,
            "COG8",
            "Cognito's Plus plan is billed for every active user; buying it is the owner's choice.",
        )
        if sign_in.mfa != "required":
            acknowledge(
                self.pool, "COG2", f"platform.yaml sets mfa: {sign_in.mfa} for this environment."
            )
