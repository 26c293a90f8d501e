"""What the generator has called everything in one client, as it says itself.

A name of a document is not always a name in a language: `class` becomes `call_class` here and
`_class` there. A template of ours has the generator write its names down, a line for each.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gatewright.sdk.naming import camel, snake

TEMPLATE = "clientNames.mustache"
FILE = "client-names.tsv"
_SNAKE = ("python", "ruby")


@dataclass
class Operation:
    """An operation: its class and method in the client, and its parameters by the document's."""

    group: str
    name: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass
class Model:
    """A schema component: its class, and what its properties and values are called there.

    Each is a pair of the document's name and the client's; ``constants`` are the properties' names
    in upper case.
    """

    name: str
    properties: list[tuple[str, str]] = field(default_factory=list)
    constants: list[tuple[str, str]] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class ClientNames:
    """The names of one client: operations by ``(method, path)``, models by the schemas' names.

    What is not there is spelled as the language usually does.
    """

    language: str
    operations: Mapping[tuple[str, str], Operation] = field(default_factory=dict)
    models: Mapping[str, Model] = field(default_factory=dict)

    def method(self, verb: str, path: str, operation_id: str) -> str:
        """What the client calls an operation; empty where nothing is known of it."""
        known = self.operations.get((verb, path))
        return known.name if known else self._spell(operation_id)

    def parameter(self, verb: str, path: str, name: str) -> str:
        """What the client calls a parameter of an operation."""
        known = self.operations.get((verb, path))
        return (known and known.parameters.get(name)) or self._spell(name)

    def model(self, schema: str) -> str:
        """The class of a schema component."""
        known = self.models.get(schema)
        return known.name if known else schema

    @property
    def _spell(self) -> Callable[[str], str]:
        return snake if self.language in _SNAKE else camel


def read_client_names(language: str, file: Path) -> ClientNames:
    """The names that the generator has written; none where it has written none."""
    operations: dict[tuple[str, str], Operation] = {}
    models: dict[str, Model] = {}
    operation, model = Operation("", ""), Model("")
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    for line in lines:
        kind, *told = line.split("\t")
        match kind, told:
            case "operation", [verb, path, group, name]:
                operation = operations[verb, path] = Operation(group, name)
            case "parameter", [given, name]:
                operation.parameters[given] = name
            case "model", [schema, name]:
                model = models[schema] = Model(name)
            case "property", [given, name, constant]:
                model.properties.append((given, name))
                model.constants.append((given, constant))
            case "value", [given, name]:
                # The value is a literal of the language.
                model.values.append((given.strip("\"'"), name))
    return ClientNames(language, operations, models)
