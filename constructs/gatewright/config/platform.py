"""The platform as the rest of Gatewright sees it: frozen objects that know their own names."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator, PlainSerializer, PrivateAttr

from gatewright.config.account_quotas import default_quota
from gatewright.config.document import Document
from gatewright.config.limit_sections import AccountThrottle, KeyThrottle, Quota, Throttle
from gatewright.config.pipeline import Pipeline, pipeline_of
from gatewright.config.problems import Path, Problem
from gatewright.config.section import Section
from gatewright.config.sections import (
    EnvironmentFields,
    KeyFields,
    PlanFields,
    PlanSection,
    PlatformSection,
    TableFields,
)
from gatewright.config.values import TableAccess
from gatewright.config.version_sections import Cors, VersionFields
from gatewright.nearest import did_you_mean

__all__ = [
    "AccountThrottle",
    "ApiConfig",
    "Cors",
    "Environment",
    "Key",
    "MethodLimit",
    "Plan",
    "Platform",
    "Quota",
    "ResourceServer",
    "Service",
    "Table",
    "TableAccess",
    "Throttle",
]

FrozenTexts = Annotated[
    Mapping[str, str],
    AfterValidator(lambda texts: MappingProxyType(dict(texts))),
    PlainSerializer(dict),
]


class UnknownEnvironmentError(LookupError):
    """There is no environment of that name in the platform file."""


class Environment(EnvironmentFields):
    """An environment and its name."""

    name: str

    def within_account(self, throttle: Throttle) -> Throttle:
        """Return `throttle`, lowered to what the account takes, which a default may exceed."""
        most = self.account_throttle or default_quota(self.region)
        return Throttle(rate=min(throttle.rate, most.rate), burst=min(throttle.burst, most.burst))


class ApiConfig(VersionFields):
    """One version of one service: what becomes one REST API."""

    service: str
    version: str
    title: str

    @property
    def api_name(self) -> str:
        """The name that plans use: `<service>-<version>`."""
        return f"{self.service}-{self.version}"

    @property
    def answers(self) -> str:
        """What answers requests, as Lambda names it. A resolver is itself callable.

        It is empty where integrations answer every operation of a contract.
        """
        answers = self.routes or self.handler or self.wsgi or self.chalice or ""
        return answers.replace(":", ".")

    @property
    def has_function(self) -> bool:
        """Whether there is a function for operations that no integration answers."""
        return bool(self.answers or self.image)

    @property
    def package(self) -> str:
        """The folder of the service below ``lambda_src/``: the first word of what answers."""
        return self.answers.partition(".")[0] or str(self.contract).partition("/")[0]

    @property
    def retired(self) -> bool:
        """Whether it answers every request with 410: it has no contract and no function."""
        return self.lifecycle is not None and self.lifecycle.retired is not None

    @property
    def key_authorizer_handler(self) -> str | None:
        """The function that names callers' API keys, as Lambda names it, if there is one."""
        return self.key_authorizer.replace(":", ".") if self.key_authorizer else None

    @property
    def allow_origin(self) -> str | None:
        """The origin whose pages may call the API, or None for no pages at all."""
        return self.cors.allow_origin if self.cors else None


class MethodLimit(KeyThrottle):
    """How much a key may call one operation of one API, by API name and operation id."""

    api: str
    operation: str


class Plan(PlanFields):
    """A usage plan and its name. `apis` holds API names."""

    name: str
    methods: tuple[MethodLimit, ...] = ()


class Key(KeyFields):
    """An API key and its name. `plans` holds the names of plans."""

    name: str


class Table(TableFields):
    """A table and its name, which is unique in its service."""

    name: str


class Service(Section):
    """What the versions of a service share: its data."""

    name: str
    tables: tuple[Table, ...] = ()


class ResourceServer(Section):
    """What tokens can be good for at one service: scopes, each with a line for people."""

    identifier: str
    scopes: FrozenTexts


class Platform(Section):
    """The contents of `platform.yaml`, in the file's order."""

    project: str
    tags: FrozenTexts
    environments: tuple[Environment, ...]
    services: tuple[Service, ...]
    apis: tuple[ApiConfig, ...]
    resource_servers: tuple[ResourceServer, ...] = ()
    plans: tuple[Plan, ...] = ()
    keys: tuple[Key, ...] = ()
    pipeline: Pipeline | None = None
    _document: Document = PrivateAttr(default_factory=lambda: Document("platform.yaml"))

    def problem(
        self, path: Path, found: str, allowed: str, remedy: str, *, at_name: bool = False
    ) -> Problem:
        """Describe a mistake in the file that only shows beside something outside of it."""
        return self._document.problem(path, found, allowed, remedy, at_name=at_name)

    def place(self, path: Path) -> str:
        """Return where the file has a value, as `platform.yaml:12`."""
        return f"{self._document.file}:{self._document.place(path).name[0]}"

    def environment(self, name: str) -> Environment:
        """Return the environment of that name. Raises UnknownEnvironmentError."""
        for environment in self.environments:
            if environment.name == name:
                return environment
        names = [environment.name for environment in self.environments]
        message = f"there is no environment {name!r}; the platform file has {', '.join(names)}"
        guess = did_you_mean(name, names)
        raise UnknownEnvironmentError(f"{message}; {guess}" if guess else message)

    def only(self, *names: str) -> "Platform":
        """Return the platform with these environments alone, and so without its pipeline.

        Raises UnknownEnvironmentError.
        """
        kept = tuple(self.environment(name) for name in names)
        return self.model_copy(update={"environments": kept, "pipeline": None})

    def plans_of(self, environment: Environment) -> tuple[Plan, ...]:
        """Return the plans that an environment offers, in the environment's order."""
        plans = {plan.name: plan for plan in self.plans}
        return tuple(plans[name] for name in environment.plans)

    def keys_of(self, environment: Environment) -> tuple[Key, ...]:
        """Return the keys with a plan that an environment offers, on the plans offered there."""
        found = (
            key.model_copy(update={"plans": tuple(p for p in key.plans if p in environment.plans)})
            for key in self.keys
        )
        return tuple(key for key in found if key.plans)

    @property
    def account_regions(self) -> tuple[tuple[str, str], ...]:
        """Each (account, region) once, in the order of the environments."""
        return tuple(dict.fromkeys((e.account, e.region) for e in self.environments))


def platform_of(file: PlatformSection, document: Document) -> Platform:
    """Give the sections of a file their names; `document` holds their places."""
    platform = Platform(
        project=file.project,
        tags=file.tags,
        environments=tuple(
            Environment(name=name, **_fields(section))
            for name, section in file.environments.items()
        ),
        services=tuple(
            Service(
                name=service,
                tables=tuple(Table(name=name, **_fields(t)) for name, t in section.tables.items()),
            )
            for service, section in file.services.items()
        ),
        apis=tuple(
            ApiConfig(
                service=service,
                version=version,
                title=section.title or service,
                **_fields(fields),
            )
            for service, section in file.services.items()
            for version, fields in section.versions.items()
        ),
        resource_servers=tuple(
            ResourceServer(identifier=service, scopes=section.scopes)
            for service, section in file.services.items()
            if section.scopes
        ),
        plans=tuple(_plan(name, section) for name, section in file.plans.items()),
        keys=tuple(Key(name=name, **_fields(section)) for name, section in file.keys.items()),
        pipeline=pipeline_of(file.pipeline) if file.pipeline else None,
    )
    platform._document = document
    return platform


def _plan(name: str, section: PlanSection) -> Plan:
    methods = tuple(
        MethodLimit(api=api, operation=operation, rate=limit.rate, burst=limit.burst)
        for api, limits in section.methods.items()
        for operation, limit in limits.items()
    )
    return Plan(name=name, **_fields(section) | {"methods": methods})


def _fields(section: Section) -> dict[str, Any]:
    return dict(iter(section))  # dict(section) would call a field named `keys`
