"""The quotas of API Gateway that the platform looks at, as every account has them.

AWS: "Quotas for configuring and running a REST API in API Gateway"
(https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html,
read in November 2026).
"""

# AWS raises these on request.
RESOURCES_PER_API = 300
"""A resource is a path, and each part of it that leads there."""

AUTHORIZERS_PER_API = 10
POLICY_CHARACTERS = 8192
USAGE_PLANS = 300
PLANS_PER_KEY = 10

# AWS does not raise these.
APIS_PER_REGION = 600
KEYS_PER_REGION = 10_000
