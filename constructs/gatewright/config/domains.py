"""Checks of the domain of an environment, beside its region and the APIs."""

from collections.abc import Iterator, Mapping

from gatewright.config.document import Document, Value
from gatewright.config.domain_sections import LEGACY, ROOT
from gatewright.config.plain import get, mapping
from gatewright.config.problems import Path, Problem
from gatewright.nearest import did_you_mean


def domain_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each domain that nobody could reach, or where two APIs meet."""
    owners: dict[str, str] = {}
    for environment, fields in mapping(document.value, "environments").items():
        domain = mapping(fields, "domain")
        if not domain:
            continue
        path: Path = ("environments", environment, "domain")
        yield from _certificate(document, path, domain, get(fields, "region"))
        yield from _mutual_tls(document, path, domain)
        yield from _base_paths(document, path, domain)
        yield from _routing(document, path, domain)
        name = domain.get("name")
        if isinstance(name, str) and owners.setdefault(name, environment) != environment:
            found = f"{name!r}, which is environment '{owners[name]}' as well"
            remedy = "give each environment a name of its own"
            yield document.problem((*path, "name"), found, "a name of one environment", remedy)


def _certificate(
    document: Document, path: Path, domain: Mapping[str, Value], region: Value
) -> Iterator[Problem]:
    certificate, zone = domain.get("certificate"), domain.get("hosted_zone")
    if certificate is None and zone is None:
        found, allowed = "no certificate, and no zone to prove one in", "certificate or hosted_zone"
        remedy = "add 'certificate: <ARN>', or 'hosted_zone: {id: ..., name: ...}'"
        yield document.problem(path, found, allowed, remedy, at_name=True)
    parts = certificate.split(":") if isinstance(certificate, str) else []
    if len(parts) > 3 and isinstance(region, str) and parts[3] != region:
        found = f"a certificate in {parts[3]}"
        remedy = "request one there: a regional domain name takes no other"
        yield document.problem((*path, "certificate"), found, f"one in {region}", remedy)
    name, zone_name = domain.get("name"), get(zone, "name")
    inside = isinstance(name, str) and isinstance(zone_name, str)
    if inside and name != zone_name and not str(name).endswith(f".{zone_name}"):
        found = f"{zone_name!r}, which {name} is not in"
        remedy = "name the zone that holds the domain"
        allowed = "the end of the domain's name"
        yield document.problem((*path, "hosted_zone", "name"), found, allowed, remedy)


def _mutual_tls(document: Document, path: Path, domain: Mapping[str, Value]) -> Iterator[Problem]:
    policy = domain.get("security_policy")
    if domain.get("mutual_tls") and isinstance(policy, str) and policy != LEGACY:
        found = f"{policy!r} beside mutual_tls"
        remedy = "remove one of them: API Gateway has no mutual TLS with the newer policies"
        yield document.problem((*path, "security_policy"), found, LEGACY, remedy)


def _apis(document: Document) -> dict[str, tuple[str, str]]:
    return {
        f"{service}-{version}": (service, version)
        for service, section in mapping(document.value, "services").items()
        for version in mapping(section, "versions")
    }


def _base_paths(document: Document, path: Path, domain: Mapping[str, Value]) -> Iterator[Problem]:
    apis = _apis(document)
    given = mapping(dict(domain), "base_paths")
    for name in given:
        if apis and name not in apis:
            remedy = did_you_mean(name, list(apis)) or "remove it"
            place = (*path, "base_paths", name)
            yield document.problem(place, repr(name), ", ".join(apis), remedy, at_name=True)
    owners: dict[str, str] = {}
    if domain.get("routing"):
        owners = {service: f"the versions of {service}, by header" for service, _ in apis.values()}
    for api, (service, version) in apis.items():
        written = given.get(api, f"{service}/{version}")
        if isinstance(written, str):
            base_path = written.strip(ROOT)
            owner = owners.setdefault(base_path, api)
            if owner != api:
                found = f"{written!r}, where {owner} is"
                place = (*path, "base_paths", api)
                remedy = "give each API a base path of its own"
                yield document.problem(place, found, "a base path of one API", remedy)


def _routing(document: Document, path: Path, domain: Mapping[str, Value]) -> Iterator[Problem]:
    routing = mapping(dict(domain), "routing")
    services = mapping(document.value, "services")
    every = [list(mapping(section, "versions")) for section in services.values()]
    known = [name for name in (every[0] if every else []) if all(name in some for some in every)]
    default = routing.get("default")
    if isinstance(default, str) and every and default not in known:
        lacking = [name for name, one in zip(services, every, strict=True) if default not in one]
        found = f"{default!r}, which {', '.join(lacking)} has not"
        allowed = ", ".join(known) or "nothing: no version is one of every service"
        remedy = "name a version of every service, or leave it out"
        yield document.problem((*path, "routing", "default"), found, allowed, remedy)
    versions = sorted({name for some in every for name in some})
    for version in mapping(routing, "values"):
        if versions and version not in versions:
            place = (*path, "routing", "values", version)
            remedy = did_you_mean(version, versions) or "remove it"
            yield document.problem(place, repr(version), ", ".join(versions), remedy, at_name=True)
