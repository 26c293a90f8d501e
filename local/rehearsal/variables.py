"""Variables in an action's configuration (AWS: CodePipeline's "Variables reference")."""

import re
from collections.abc import Mapping

from local.rehearsal.actions import ActionFailedError

_REFERENCE = re.compile(r"#\{(?P<namespace>[A-Za-z0-9@_-]+)\.(?P<name>[A-Za-z0-9@_-]+)\}")
Namespaces = Mapping[str, Mapping[str, str]]


def resolved(configuration: Mapping[str, str], namespaces: Namespaces) -> dict[str, str]:
    """The configuration with each ``#{namespace.name}`` replaced by its value.

    Raises ActionFailedError for a reference to what no earlier action gave.
    """

    def value(found: re.Match[str]) -> str:
        try:
            return namespaces[found["namespace"]][found["name"]]
        except KeyError:
            raise ActionFailedError(_unknown(found, namespaces)) from None

    return {name: _REFERENCE.sub(value, text) for name, text in configuration.items()}


def _unknown(found: re.Match[str], namespaces: Namespaces) -> str:
    known = sorted(f"{space}.{name}" for space, names in namespaces.items() for name in names)
    return (
        f"The configuration refers to {found[0]}, which no earlier action of this execution gave. "
        f"Known: {', '.join(known)}"
    )
