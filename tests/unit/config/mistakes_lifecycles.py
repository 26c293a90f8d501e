"""Mistakes in how long versions are served, and in domains."""

from tests.unit.config.mistakes_deployed import Case

# Those that a JSON Schema does not see; a calendar is one more thing that it has not.
BETWEEN_FIELDS = {
    "a-day-that-is-none",
    "sunset-before-it-is-deprecated",
    "sunset-without-a-warning",
    "retired-before-it-is-deprecated",
    "a-successor-that-is-not-there",
    "a-successor-that-is-retired",
    "a-certificate-of-elsewhere",
    "a-zone-of-another-name",
    "mutual-tls-with-a-newer-policy",
    "a-base-path-of-no-api",
    "a-base-path-of-two-apis",
    "a-default-that-not-every-service-has",
    "a-value-of-no-version",
}

_VERSION = "        routes: foods.v1.handler:app\n"
_NEXT = "  orders:\n    versions:\n"
_REGION = "    region: us-east-1\n"
_HERE = "services.foods.versions.v1.lifecycle"
_DOMAIN = "environments.local.domain"
_ARN = "arn:aws:acm:us-east-1:000000000000:certificate/1"


def _lifecycle(text: str) -> tuple[str, str]:
    return (_VERSION, f"{_VERSION}        lifecycle: {text}\n")


def _domain(text: str) -> tuple[str, str]:
    return (_REGION, f"{_REGION}    domain: {{name: api.example.com, {text}}}\n")


MISTAKES: list[Case] = [
    (
        "lifecycle-word",
        _lifecycle("aktive"),
        22,
        _HERE,
        "active, {deprecated: <date>, ...}",
        "did you mean 'active'?",
    ),
    ("lifecycle-empty", _lifecycle("{}"), 22, _HERE, "deprecated or retired", "lifecycle: active"),
    (
        "lifecycle-of-a-link-alone",
        _lifecycle('{link: "https://a.example"}'),
        22,
        _HERE,
        "deprecated or retired",
        "add 'deprecated: <day>'",
    ),
    (
        "lifecycle-misspelt-is-one-problem",
        _lifecycle("{deprected: 2026-11-01}"),
        22,
        f"{_HERE}.deprected",
        "deprecated, sunset",
        "did you mean 'deprecated'?",
    ),
    (
        "a-day-that-is-none",
        _lifecycle("{deprecated: 2026-02-30}"),
        22,
        f"{_HERE}.deprecated",
        "a day, such as 2026-11-30",
        "",
    ),
    (
        "sunset-before-it-is-deprecated",
        _lifecycle("{deprecated: 2026-11-02, sunset: 2026-11-01}"),
        22,
        f"{_HERE}.sunset",
        "a day from 2026-11-02 on",
        "correct one of the two",
    ),
    (
        "sunset-without-a-warning",
        _lifecycle("{retired: 2026-11-02, sunset: 2026-11-01}"),
        22,
        f"{_HERE}.sunset",
        "sunset beside deprecated",
        "add 'deprecated: <day>'",
    ),
    (
        "retired-before-it-is-deprecated",
        _lifecycle("{deprecated: 2026-11-02, retired: 2026-11-01}"),
        22,
        f"{_HERE}.retired",
        "a day from 2026-11-02 on",
        "correct one of the two",
    ),
    (
        "a-quote-in-a-link",
        _lifecycle('{deprecated: 2026-11-02, link: "https://a.example/it\'s"}'),
        22,
        f"{_HERE}.link",
        "an http or https address",
        "",
    ),
    (
        "a-successor-that-is-not-there",
        _lifecycle("{deprecated: 2026-11-02, successor: v2}"),
        22,
        f"{_HERE}.successor",
        "nothing: the service has no other version",
        "name another version",
    ),
    (
        "a-successor-that-is-retired",
        (
            _VERSION,
            f"{_VERSION}        lifecycle: {{deprecated: 2026-11-02, successor: v2}}\n"
            "      v2: {lifecycle: {retired: 2026-11-02}}\n      v3:\n        routes: foods.x:y\n",
        ),
        22,
        f"{_HERE}.successor",
        "a version that is served",
        "name a version that answers",
    ),
    (
        "retired-without-anything-else-but-served-without-routes",
        (_VERSION, "        lifecycle: active\n"),
        20,
        "services.foods.versions.v1",
        "routes, or contract with handler",
        "add 'routes:",
    ),
    (
        "a-domain-without-a-certificate",
        _domain("base_paths: {foods-v1: a}"),
        7,
        _DOMAIN,
        "certificate or hosted_zone",
        "add 'certificate: <ARN>'",
    ),
    (
        "a-certificate-of-elsewhere",
        _domain(f'certificate: "{_ARN.replace("us-east-1", "eu-west-1")}"'),
        7,
        f"{_DOMAIN}.certificate",
        "one in us-east-1",
        "request one there",
    ),
    (
        "a-certificate-that-is-none",
        _domain("certificate: mine"),
        7,
        f"{_DOMAIN}.certificate",
        "the ARN of an ACM certificate",
        "",
    ),
    (
        "a-zone-of-another-name",
        _domain("hosted_zone: {id: Z1, name: ample.com}"),
        7,
        f"{_DOMAIN}.hosted_zone.name",
        "the end of the domain's name",
        "name the zone that holds",
    ),
    (
        "mutual-tls-with-a-newer-policy",
        _domain(
            f'certificate: "{_ARN}", mutual_tls: {{truststore: "s3://bucket/a.pem"}}, '
            "security_policy: SecurityPolicy_TLS13_1_3_2025_09"
        ),
        7,
        f"{_DOMAIN}.security_policy",
        "TLS_1_2",
        "remove one of them",
    ),
    (
        "a-policy-that-is-none",
        _domain(f'certificate: "{_ARN}", security_policy: TLS_1_3'),
        7,
        f"{_DOMAIN}.security_policy",
        "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
        "did you mean",
    ),
    (
        "a-base-path-of-no-api",
        _domain(f'certificate: "{_ARN}", base_paths: {{foods-v2: a}}'),
        7,
        f"{_DOMAIN}.base_paths.foods-v2",
        "foods-v1, orders-v2",
        "did you mean 'foods-v1'?",
    ),
    (
        "a-base-path-of-two-apis",
        _domain(f'certificate: "{_ARN}", base_paths: {{orders-v2: foods/v1}}'),
        7,
        f"{_DOMAIN}.base_paths.orders-v2",
        "a base path of one API",
        "give each API a base path",
    ),
    (
        "a-base-path-with-slashes-around-it",
        _domain(f'certificate: "{_ARN}", base_paths: {{foods-v1: /foods/}}'),
        7,
        f"{_DOMAIN}.base_paths.foods-v1",
        "such as foods/v1",
        "",
    ),
    (
        "a-default-that-not-every-service-has",
        _domain(f'certificate: "{_ARN}", routing: {{header: X-Version, default: v1}}'),
        7,
        f"{_DOMAIN}.routing.default",
        "nothing: no version is one of every service",
        "leave it out",
    ),
    (
        "a-value-of-no-version",
        _domain(f'certificate: "{_ARN}", routing: {{header: Accept, values: {{v7: "*v7*"}}}}'),
        7,
        f"{_DOMAIN}.routing.values.v7",
        "v1, v2",
        "remove it",
    ),
    (
        "a-star-in-the-middle",
        _domain(f'certificate: "{_ARN}", routing: {{header: Accept, values: {{v1: "a*b"}}}}'),
        7,
        f"{_DOMAIN}.routing.values.v1",
        "with * at its begin or end",
        "",
    ),
]
