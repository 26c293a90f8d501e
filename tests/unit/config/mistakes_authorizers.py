"""Mistakes in the authorizers and the resource policy of a version, one for each message."""

from tests.unit.config.conftest import Edit

_AT = "services.foods.versions.v1"


def _authorizer(text: str) -> Edit:
    return "        cors:", f"        authorizers:\n          partner: {text}\n        cors:"


def _policy(text: str) -> Edit:
    return "        cors:", f"        resource_policy: {text}\n        cors:"


_FUNCTION = "function: foods.callers:partner"

MISTAKES = [
    (
        "authorizer-type",
        _authorizer("{type: tokn, function: foods.callers:partner}"),
        25,
        f"{_AT}.authorizers.partner.type",
        "token, request, jwt",
        "did you mean 'token'?",
    ),
    (
        "authorizer-of-a-reserved-name",
        (
            "        cors:",
            "        authorizers: {iam: {type: token, function: foods.a:b}}\n        cors:",
        ),
        24,
        f"{_AT}.authorizers.iam",
        "not api_key, cognito, iam",
        "",
    ),
    (
        "authorizer-without-a-function",
        _authorizer("{type: token}"),
        25,
        f"{_AT}.authorizers.partner.type",
        "type token with function",
        "add 'function: <folder>.<module>:<function>'",
    ),
    (
        "authorizer-function-that-is-none",
        _authorizer("{type: token, function: callers}"),
        25,
        f"{_AT}.authorizers.partner.function",
        "<folder>.<module>:<function>",
        "",
    ),
    (
        "authorizer-in-another-folder",
        _authorizer("{type: token, function: other.callers:partner}"),
        25,
        f"{_AT}.authorizers.partner.function",
        "a function below foods",
        "move it to lambda_src/foods",
    ),
    (
        "authorizer-field-of-another-type",
        _authorizer(f"{{type: token, {_FUNCTION}, issuer: 'https://login.example'}}"),
        25,
        f"{_AT}.authorizers.partner.issuer",
        "type, cache_seconds, as, function, header, validation",
        "remove it",
    ),
    (
        "authorizer-field-misspelt",
        _authorizer(f"{{type: token, {_FUNCTION}, cache_second: 3}}"),
        25,
        f"{_AT}.authorizers.partner.cache_second",
        "cache_seconds",
        "did you mean 'cache_seconds'?",
    ),
    (
        "caching-without-identity-sources",
        _authorizer(f"{{type: request, {_FUNCTION}, cache_seconds: 60}}"),
        25,
        f"{_AT}.authorizers.partner.cache_seconds",
        "identity_sources, or cache_seconds: 0",
        "add 'identity_sources: [header.Authorization]'",
    ),
    (
        "caching-by-default-without-identity-sources",
        _authorizer(f"{{type: request, {_FUNCTION}}}"),
        25,
        f"{_AT}.authorizers.partner.type",
        "identity_sources, or cache_seconds: 0",
        "'cache_seconds: 0'",
    ),
    (
        "cache-that-is-too-long",
        _authorizer(f"{{type: token, {_FUNCTION}, cache_seconds: 3601}}"),
        25,
        f"{_AT}.authorizers.partner.cache_seconds",
        "a whole number of seconds from 0 to 3600",
        "",
    ),
    (
        "identity-source",
        _authorizer(f"{{type: request, {_FUNCTION}, identity_sources: [headers.X]}}"),
        25,
        f"{_AT}.authorizers.partner.identity_sources[0]",
        "header.<name>, query.<name>",
        "",
    ),
    (
        "validation-that-is-no-pattern",
        _authorizer(f"{{type: token, {_FUNCTION}, validation: '('}}"),
        25,
        f"{_AT}.authorizers.partner.validation",
        "a regular expression",
        "mend it",
    ),
    (
        "jwt-without-an-audience",
        _authorizer("{type: jwt, issuer: 'https://login.example/'}"),
        25,
        f"{_AT}.authorizers.partner.type",
        "type jwt with issuer and audience",
        "add 'audience: [",
    ),
    (
        "issuer-that-is-not-https",
        _authorizer("{type: jwt, issuer: 'http://login.example/', audience: [a]}"),
        25,
        f"{_AT}.authorizers.partner.issuer",
        "the https URL",
        "",
    ),
    (
        "algorithm-without-a-public-key",
        _authorizer(
            "{type: jwt, issuer: 'https://login.example/', audience: [a], algorithms: [HS256]}"
        ),
        25,
        f"{_AT}.authorizers.partner.algorithms[0]",
        "RS256",
        "did you mean",
    ),
    (
        "openid-of-a-token",
        _authorizer(f"{{type: token, {_FUNCTION}, as: openid}}"),
        25,
        f"{_AT}.authorizers.partner.as",
        "api_key, bearer, basic",
        "write bearer",
    ),
    (
        "rule-that-names-nobody",
        _policy("{allow: [{}]}"),
        24,
        f"{_AT}.resource_policy.allow[0]",
        "principals, source_ips, vpc_endpoints",
        "principals: [everybody]",
    ),
    (
        "an-asterisk-as-principal",
        _policy("{allow: [{principals: ['*']}]}"),
        24,
        f"{_AT}.resource_policy.allow[0].principals[0]",
        "or everybody",
        "",
    ),
    (
        "an-address-that-is-none",
        _policy("{allow: [{source_ips: [localhost]}]}"),
        24,
        f"{_AT}.resource_policy.allow[0].source_ips[0]",
        "203.0.113.0/24",
        "",
    ),
    (
        "policy-that-allows-nobody",
        _policy("{allow: []}"),
        24,
        f"{_AT}.resource_policy.allow",
        "at least one",
        "write a rule",
    ),
]
