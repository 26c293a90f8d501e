"""The integrations of a version: what platform.yaml writes, with its templates read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from gatewright.config import ApiConfig, ConfigError, Platform, Table
from gatewright.config.integration_sections import IntegrationFields, ResponseFields
from gatewright.config.problems import Path as Place
from gatewright.config.problems import Problem
from gatewright.contract import Contract, check_contract
from gatewright.integrations.integration import Integration, ResponseMapping, Template
from gatewright.integrations.targets import (
    DynamoDbTarget,
    EventBridgeTarget,
    HttpTarget,
    LambdaTarget,
    MockTarget,
    SqsTarget,
    StepFunctionsTarget,
    Target,
)
from gatewright.nearest import did_you_mean

_JSON = "application/json"
_CONTENT_HANDLING = {"to_binary": "CONVERT_TO_BINARY", "to_text": "CONVERT_TO_TEXT", None: None}


def with_integrations(
    contract: Contract, platform: Platform, api: ApiConfig, services: Path
) -> Contract:
    """The contract with the integrations of its version; those of its own file come first.

    ``services`` is ``lambda_src``. Raises ConfigError for operations and files that are not there,
    and ContractError for integrations that cannot be.
    """
    reader = _Reader(platform, api, services, {str(o.operation_id) for o in contract.operations()})
    written = {integration.operation: integration for integration in reader.integrations()}
    if reader.problems:
        raise ConfigError(reader.problems)
    brought = {integration.operation: integration for integration in contract.integrations}
    made = replace(
        contract,
        integrations=tuple({**brought, **written}.values()),
        has_function=api.has_function,
        stage_variables=frozenset(api.stage_variables),
        resources=frozenset(
            name for e in platform.environments for name in (*e.resources, *e.vpc_links)
        ),
    )
    check_contract(made)
    return made


class _Reader:
    """Reads the integrations of one version, and notes what is wrong with them."""

    def __init__(
        self, platform: Platform, api: ApiConfig, services: Path, operations: set[str]
    ) -> None:
        self._platform = platform
        self._api = api
        self._services = services
        self._operations = operations
        self._tables = {
            table.name: table
            for service in platform.services
            if service.name == api.service
            for table in service.tables
        }
        self.problems: list[Problem] = []

    def integrations(self) -> Iterator[Integration]:
        """Those of operations that there are."""
        versions: Place = ("services", self._api.service, "versions", self._api.version)
        for operation, fields in self._api.integrations.items():
            place: Place = (*versions, "integrations", operation)
            if operation not in self._operations:
                self._unknown(place, operation)
            else:
                yield self._integration(operation, fields, place)

    def _unknown(self, place: Place, operation: str) -> None:
        allowed = ", ".join(sorted(self._operations))
        found = f"{operation!r}, which is no operation of {self._api.api_name}"
        remedy = did_you_mean(operation, self._operations) or "remove it, or name one of these"
        self.problems.append(self._platform.problem(place, found, allowed, remedy, at_name=True))

    def _integration(self, operation: str, fields: IntegrationFields, place: Place) -> Integration:
        files = dict(fields.request_templates)
        templates = {
            media_type: self._template(file, (*place, "request_templates", media_type))
            for media_type, file in files.items()
        }
        if fields.request_template:
            templates[_JSON] = self._template(fields.request_template, (*place, "request_template"))
        return Integration(
            operation=operation,
            target=_target(fields, self._tables),
            request_templates=templates,
            parameters=fields.parameters,
            responses=tuple(self._responses(fields.responses, place)),
            answer=fields.answer,
            timeout_ms=fields.timeout_ms,
            content_handling=_CONTENT_HANDLING[fields.content_handling],
            validates=fields.validates,
            place=self._platform.place(place),
        )

    def _responses(
        self, responses: Mapping[str, ResponseFields], place: Place
    ) -> Iterator[ResponseMapping]:
        for status, fields in responses.items():
            at = (*place, "responses", status, "template")
            yield ResponseMapping(
                status=int(status),
                when=fields.when,
                template=self._template(fields.template, at) if fields.template else None,
                headers=fields.headers,
            )

    def _template(self, file: str, place: Place) -> Template:
        path = self._services / file
        try:
            return Template(path.read_text("utf-8"), f"{self._services.name}/{file}")
        except (OSError, UnicodeDecodeError) as error:
            reason = "is no UTF-8 text" if isinstance(error, ValueError) else "cannot be read"
            allowed = f"a text file below {self._services.name}"
            near = sorted(str(p.relative_to(self._services)) for p in path.parent.glob("*"))
            remedy = did_you_mean(file, near) or "create it"
            found = f"{file!r}, which {reason}"
            self.problems.append(self._platform.problem(place, found, allowed, remedy))
            return Template("", file)


def _target(fields: IntegrationFields, tables: Mapping[str, Table]) -> Target:
    if fields.function:
        handler = (fields.function.handler or "").replace(":", ".")
        return LambdaTarget(handler, waits=fields.function.wait)
    if fields.http:
        return HttpTarget(**dict(fields.http))
    if fields.mock:
        body = fields.mock.body
        written = "body" in fields.mock.model_fields_set
        return MockTarget(fields.mock.status, json.dumps(body) if written else None)
    return _service(fields, tables)


def _service(fields: IntegrationFields, tables: Mapping[str, Table]) -> Target:
    if fields.sqs:
        return SqsTarget(**dict(fields.sqs))
    if fields.stepfunctions:
        section = dict(fields.stepfunctions)
        return StepFunctionsTarget(waits=section.pop("wait"), **section)
    if fields.eventbridge:
        return EventBridgeTarget(**dict(fields.eventbridge))
    if fields.dynamodb:
        table = tables[fields.dynamodb.table]
        return DynamoDbTarget(
            partition_key=table.partition_key, sort_key=table.sort_key, **dict(fields.dynamodb)
        )
    raise AssertionError("an integration has one of its kinds, which the platform file was asked")
