"""What answers one operation, with its templates and its mappings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gatewright.integrations.targets import Target

MOST_TIMEOUT_MS = 29000
"""AWS: "Quotas for configuring and running a REST API": integration time-out, without a raised
quota."""


@dataclass(frozen=True)
class Template:
    """A mapping template in VTL. ``source`` is the file that it was read from."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class ResponseMapping:
    """How answers of the backend become answers with ``status``.

    ``when`` is a regular expression that the backend's status, or the error message of a Lambda
    function, matches as a whole: by default the same status, and for a function no error. A
    ``template`` makes the body, which is otherwise the backend's. ``headers`` are sources by the
    header's name, such as ``integration.response.header.ETag``. AWS: "Set up an integration
    response".
    """

    status: int
    when: str | None = None
    template: Template | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Integration:
    """What answers the operation with the id ``operation``.

    - ``request_templates``: what makes the backend's request, by the media type of the caller's
    - ``parameters``: sources by what they become: ``header.X-Trace``, ``query.page``, ``path.id``
    - ``responses``: one for each status that the backend's answers become
    - ``answer``: the body of success, as sources by property; for AWS services
    - ``timeout_ms``: 50 to 29000 milliseconds
    - ``content_handling``: ``CONVERT_TO_BINARY`` or ``CONVERT_TO_TEXT`` of the request
    - ``validates``: the backend checks what API Gateway does not
    - ``place``: where it was written, ``platform.yaml:12``
    """

    operation: str
    target: "Target"
    request_templates: Mapping[str, Template] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    responses: tuple[ResponseMapping, ...] = ()
    answer: Mapping[str, str] = field(default_factory=dict)
    timeout_ms: int = MOST_TIMEOUT_MS
    content_handling: str | None = None
    validates: bool = False
    place: str = ""

    @property
    def is_templated(self) -> bool:
        """Whether something is written that only a custom (non-proxy) integration does."""
        return bool(self.request_templates or self.responses or self.answer)
