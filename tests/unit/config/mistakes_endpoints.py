"""Mistakes in endpoints and their security policies."""

from tests.unit.config.conftest import Edit
from tests.unit.config.mistakes_deployed import Case


def version(text: str) -> Edit:
    return ('        cors: {allow_origin: "*"}\n', f"        {text}\n")


V1 = "services.foods.versions.v1"
TLS13 = "SecurityPolicy_TLS13_1_3_2025_09"

MISTAKES: list[Case] = [
    (
        "endpoint",
        version("endpoint: regionl"),
        24,
        f"{V1}.endpoint",
        "regional, edge, private",
        "did you mean 'regional'?",
    ),
    (
        "private-without-vpc-endpoints",
        version("endpoint: private"),
        24,
        f"{V1}.endpoint",
        "every environment has vpc_endpoints",
        "add 'vpc_endpoints: [vpce-...]' to environments.local",
    ),
    (
        "security-policy",
        version("security_policy: TLS_1_3"),
        24,
        f"{V1}.security_policy",
        TLS13,
        "did you mean",
    ),
    (
        "enhanced-policy-without-an-access-mode",
        version(f"security_policy: {TLS13}"),
        24,
        f"{V1}.security_policy",
        "with an endpoint_access_mode",
        "add 'endpoint_access_mode: strict'",
    ),
    (
        "access-mode-without-an-enhanced-policy",
        version("endpoint_access_mode: strict"),
        24,
        f"{V1}.endpoint_access_mode",
        "SecurityPolicy_...",
        "or remove it",
    ),
    (
        "policy-of-edge-on-regional",
        version(
            "security_policy: SecurityPolicy_TLS13_2025_EDGE\n        endpoint_access_mode: strict"
        ),
        24,
        f"{V1}.security_policy",
        TLS13,
        "another 'endpoint' than regional",
    ),
    (
        "vpc-endpoint",
        ("    build_for: host\n", "    build_for: host\n    vpc_endpoints: [vpc-01234567]\n"),
        9,
        "environments.local.vpc_endpoints[0]",
        "such as vpce-01234567",
        "",
    ),
]
