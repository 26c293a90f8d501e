"""From `platform.yaml` to a Platform: read, check, name."""

from pathlib import Path

from pydantic import ValidationError

from gatewright.config.account_limits import account_problems
from gatewright.config.authorizers import authorizer_problems
from gatewright.config.contract_sources import contract_source_problems
from gatewright.config.document import Document, read_document
from gatewright.config.domains import domain_problems
from gatewright.config.endpoint_references import endpoint_problems
from gatewright.config.integration_rules import integration_problems
from gatewright.config.key_sources import key_source_problems
from gatewright.config.lifecycles import lifecycle_problems
from gatewright.config.limits import limit_problems
from gatewright.config.pipeline_references import pipeline_problems
from gatewright.config.platform import Platform, platform_of
from gatewright.config.problems import ConfigError
from gatewright.config.quota_checks import quota_problems
from gatewright.config.references import reference_problems
from gatewright.config.release_references import release_problems
from gatewright.config.sections import PlatformSection
from gatewright.config.stage_references import stage_problems
from gatewright.config.stage_variables import stage_variable_problems
from gatewright.config.stream_references import stream_problems
from gatewright.config.translate import found_text, problems_of


def load_platform(path: Path) -> Platform:
    """Read and check a platform file.

    Raises ConfigError with every mistake that can be seen at once; nothing is written.
    """
    document = read_document(path)
    _require_mapping(document)
    problems = [
        *document.problems,
        *reference_problems(document),
        *contract_source_problems(document),
        *key_source_problems(document),
        *integration_problems(document),
        *stage_variable_problems(document),
        *stage_problems(document),
        *endpoint_problems(document),
        *authorizer_problems(document),
        *stream_problems(document),
        *lifecycle_problems(document),
        *domain_problems(document),
        *limit_problems(document),
        *account_problems(document),
        *pipeline_problems(document),
        *quota_problems(document),
        *release_problems(document),
    ]
    try:
        section = PlatformSection.model_validate(document.value)
    except ValidationError as error:
        told = {(p.line, p.column, p.path) for p in problems}
        problems += [
            p for p in problems_of(error, document) if (p.line, p.column, p.path) not in told
        ]
    if problems:
        raise ConfigError(problems)
    return platform_of(section, document)


def _require_mapping(document: Document) -> None:
    """Without fields there is nothing to check: say what a platform file is made of."""
    value = document.value
    if isinstance(value, dict):
        return
    found = "an empty file" if value is None else found_text(value, document.place(()).text)
    allowed = f"a mapping with the fields {', '.join(PlatformSection.model_fields)}"
    raise ConfigError([document.problem((), found, allowed, "start with: project: <name>")])
