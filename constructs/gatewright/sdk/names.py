"""What one API's clients are called in the registries and in code."""

from dataclasses import dataclass

from gatewright.sdk.document import ApiDocument
from gatewright.sdk.naming import java_identifier, pascal, snake


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names of ``foods-v2`` of the project ``gatewright``, as in the comments below.

    An API version is a package of its own, so that two of them can be used side by side.
    """

    project: str
    api: str
    service: str
    version: str
    title: str
    error_model: str  # GatewayError, or empty
    group: str  # of Maven

    @property
    def distribution(self) -> str:
        """gatewright-foods-v2"""
        return f"{self.project}-{self.api}"

    @property
    def python(self) -> str:
        """gatewright_foods_v2, which is the gem's name as well."""
        return snake(self.distribution)

    @property
    def npm(self) -> str:
        """@gatewright/foods-v2"""
        return f"@{self.project}/{self.api}"

    @property
    def java(self) -> str:
        """gatewright.foods.v2"""
        return ".".join(java_identifier(part) for part in (self.project, *self._parts))

    @property
    def java_folder(self) -> str:
        """gatewright/foods/v2"""
        return self.java.replace(".", "/")

    @property
    def module(self) -> str:
        """GatewrightFoodsV2"""
        return pascal(self.distribution)

    @property
    def prefix(self) -> str:
        """FoodsV2, in front of Objective-C's class names, which have no other name space."""
        return pascal(self.api)

    @property
    def _parts(self) -> tuple[str, ...]:
        rest = self.api.removeprefix(self.service).strip("-")
        return (self.service, rest) if rest else (self.service,)


def names_of(document: ApiDocument, project: str, group: str) -> Names:
    """The names of a document's clients. ``group`` is Maven's, by default the project."""
    return Names(
        project=project,
        api=document.api,
        service=document.service,
        version=document.version,
        title=document.title,
        error_model=document.error_model,
        group=group or project,
    )
