"""Stage variables: what they may be, and whether those that are used are declared.

AWS: "Use stage variables for a REST API in API Gateway" and the Stage of the API reference: names
are letters, digits and underscores, values match ``[A-Za-z0-9-._~:/?#&=,]+``.
"""

import re
from collections.abc import Collection, Iterator

from gatewright.integrations.flaw import Flaw
from gatewright.nearest import did_you_mean

RESERVED = "lambdaAlias"
"""The platform's own: the alias of a release."""

_REFERENCE = re.compile(r"\$\{stageVariables\.([^}]*)\}")
_NAME = re.compile(r"[A-Za-z0-9_]+")


def stage_variable_flaws(text: str, declared: Collection[str], where: str) -> Iterator[Flaw]:
    """A flaw for each ``${stageVariables.name}`` in ``text`` that the version does not declare."""
    for name in dict.fromkeys(_REFERENCE.findall(text)):
        if not _NAME.fullmatch(name):
            reason = f"{where} has the stage variable {name!r}"
            yield Flaw(reason, "names are letters, digits and underscores")
        elif name not in declared:
            remedy = did_you_mean(name, declared) or f"declare {name} in the stage_variables"
            yield Flaw(f"{where} has the stage variable {name}, which is not declared", remedy)
