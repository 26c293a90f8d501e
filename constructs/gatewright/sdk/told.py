"""What the templates of ours are told besides the generator's own options."""

import json
import re

from gatewright.contract.document import JsonObject
from gatewright.sdk.document import ApiDocument
from gatewright.sdk.mappings import error_class
from gatewright.sdk.names import Names
from gatewright.sdk.schemes import schemes_of

# What Ruby would take for code in a text: #{name}, #$name and #@name.
_INTERPOLATION = re.compile(r"#(?=[{$@])")


def told(document: ApiDocument, names: Names, language: str) -> JsonObject:
    """``summary`` is plain text; ``summaryLiteral`` the same as a literal. ``errorModel`` is there
    only if there is one: a template takes an empty text for true. ``credentials`` are the security
    schemes.

    The generator escapes texts for the language of a client, and not for that of its package.
    """
    summary = f"Client of the API {names.title}, {names.version}"
    found: JsonObject = {
        "summary": summary,
        "summaryLiteral": literal(summary),
        "credentials": [one.told for one in schemes_of(document.schemes).values()],
    }
    error = error_class(document, language)
    return {**found, "errorModel": error} if error else found


def literal(text: str) -> str:
    """A text in quotes, the same in JSON (RFC 8259, 7), TOML 1.0 and Ruby."""
    return _INTERPOLATION.sub(r"\\u0023", json.dumps(text, ensure_ascii=False))
