"""Every flaw of the templates of one integration."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import airspeed

from gatewright.integrations.flaw import Flaw
from gatewright.integrations.integration import Integration, ResponseMapping, Template
from gatewright.integrations.targets import DocumentTarget
from gatewright.integrations.vtl.names import name_flaws
from gatewright.integrations.vtl.rendering import rendering_flaws

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

MOST_BYTES = 300 * 1024
"""AWS: "Quotas for configuring and running a REST API", mapping template size; not adjustable."""


def template_flaws(
    integration: Integration, operation: "Operation", contract: "Contract"
) -> Iterator[Flaw]:
    """Flaws with their places, ``file:line``.

    Of an answer only what does not depend on the backend is checked: nobody knows what it sends.
    """
    for template in integration.request_templates.values():
        found = list(_flaws(template, contract))
        yield from found
        if not found:
            for flaw in rendering_flaws(template.text, integration, operation, contract):
                yield replace(flaw, place=f"{template.source}:1")
    for response in (*integration.responses, *_brought(integration)):
        if response.template:
            yield from _flaws(response.template, contract)


def _brought(integration: Integration) -> Iterator[ResponseMapping]:
    """The templates of answers that a contract file brings."""
    if isinstance(integration.target, DocumentTarget):
        for response in (integration.target.definition.get("responses") or {}).values():
            for text in (response.get("responseTemplates") or {}).values():
                yield ResponseMapping(200, template=Template(str(text), integration.place))


def _flaws(template: Template, contract: "Contract") -> Iterator[Flaw]:
    size = len(template.text.encode())
    if size > MOST_BYTES:
        reason = f"the template has {size:,} bytes, and API Gateway takes {MOST_BYTES:,}"
        yield Flaw(reason, "make it smaller, or have a function do it", f"{template.source}:1")
        return
    try:
        airspeed.Template(template.text).ensure_compiled()
    except airspeed.TemplateSyntaxError as error:
        reason = f"the template is no VTL: {_told(error)}"
        remedy = "mend that line; #if and #foreach end with #end"
        yield Flaw(reason, remedy, f"{template.source}:{error.line}")
        return
    for line, flaw in name_flaws(template.text, contract.stage_variables):
        yield replace(flaw, place=f"{template.source}:{line}")


def _told(error: airspeed.TemplateSyntaxError) -> str:
    """What the parser says, without the second line of its marks and the end that it adds."""
    text = str(error).partition("\n")[0].removesuffix(" ...").rstrip()
    return text.replace(", got: 1", ", got the end").removesuffix(" ...")
