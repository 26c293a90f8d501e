"""The kinds of package indexes, and which languages' packages go to each."""

from collections.abc import Mapping
from types import MappingProxyType

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"pypi": ("python",), "npm": ("typescript", "javascript"), "maven": ("java",)}
)
"""Languages by kind. The others have no index that CodeArtifact or a laptop could stand for, and
are at the published place alone."""


def kind_of(language: str) -> str | None:
    """The kind of index that a language's packages go to, None where there is none."""
    return next((kind for kind, languages in KINDS.items() if language in languages), None)
