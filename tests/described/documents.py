"""Ten public API descriptions, found in packages of npm with the licence MIT.

They are data, of which the repository has no copy: `npm ci` in this folder installs them.
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
_EXAMPLES = "@readme/oas-examples"
# The gateway makes text of a file.
_UPLOAD = ("/planets/{planetId}/image",)
# Only a hint, the discriminator, says which of two schemas a body has.
_HINTED = ("/pets",)
# A body that is a text and an integer at once.
_NOTHING_FITS = "/anything/quirks/polymorphism"
# The format json, which is in no registry: what breaks it is told differently by each tool.
_OWN_FORMATS = (
    "/anything/raw_body/top-level-payloads",
    "/anything/strings",
    "/anything/strings/top-level-payloads",
)


@dataclass(frozen=True)
class Described:
    """A description: the name of the service that serves it, and the file in its package.

    ``left_out`` are paths that no request and no backend can be made for.
    """

    name: str
    package: str
    path: str
    left_out: tuple[str, ...] = ()

    @property
    def file(self) -> Path:
        """Where it is installed."""
        return FOLDER / "node_modules" / self.package / self.path


DOCUMENTS = (
    Described("pets", _EXAMPLES, "2.0/json/petstore-expanded.json"),
    Described("pet-forms", _EXAMPLES, "2.0/yaml/petstore-simple.yaml"),
    Described("uspto", _EXAMPLES, "3.0/yaml/uspto.yaml"),
    Described("requests", _EXAMPLES, "3.0/json/request-examples.json"),
    Described("polymorphism", _EXAMPLES, "3.0/json/polymorphism.json", _HINTED),
    Described("nesting", _EXAMPLES, "3.0/json/complex-nesting.json"),
    Described("star-trek", _EXAMPLES, "3.0/json/star-trek.json"),
    Described("types", _EXAMPLES, "3.1/json/schema-types.json", (_NOTHING_FITS, *_OWN_FORMATS)),
    Described("validation", _EXAMPLES, "3.1/yaml/schema-validation-local.yaml"),
    Described("galaxy", "@scalar/galaxy", "dist/3.1.yaml", _UPLOAD),
)
"""Swagger 2.0, OpenAPI 3.0 and 3.1, JSON and YAML, of 3 to 120 operations."""
