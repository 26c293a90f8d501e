"""Where an API can be reached, and by which TLS, as `platform.yaml` writes it."""

from typing import Annotated, Literal

from gatewright.config.rules import one_of, text

Endpoint = Literal["regional", "edge", "private"]
AccessMode = Literal["basic", "strict"]

# https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
ENHANCED = "SecurityPolicy_"
_LEGACY = ("TLS_1_0", "TLS_1_2")
OF_EDGE = (
    "SecurityPolicy_TLS13_2025_EDGE",
    "SecurityPolicy_TLS12_PFS_2025_EDGE",
    "SecurityPolicy_TLS12_2018_EDGE",
)
OF_OTHERS = (
    "SecurityPolicy_TLS13_1_3_2025_09",
    "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
    "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_2021_06",
)
SecurityPolicy = Annotated[str, one_of(*_LEGACY, *OF_OTHERS, *OF_EDGE)]
VpcEndpoint = Annotated[
    str,
    text("vpce-(?:[0-9a-f]{8}|[0-9a-f]{17})", "the id of a VPC endpoint, such as vpce-01234567"),
]
