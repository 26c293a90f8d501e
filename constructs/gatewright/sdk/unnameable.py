"""Names of a document that cannot be told apart, or be names at all, in a language."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from gatewright.sdk.client_names import ClientNames
from gatewright.sdk.document import ApiDocument
from gatewright.sdk.errors import SdkError
from gatewright.sdk.naming import words

Fault = tuple[str, str]
"""What is wrong, and the language that it is wrong in."""

# Swift's reserved words are names in backticks (The Swift Programming Language, "Identifiers").
_NAME = re.compile(r"`?[A-Za-z_$][A-Za-z0-9_$]*`?")
# Of a schema with such a name, Python's generator imports this instead, and heeds no mapping.
_TYPES = (
    *("bool", "boolean", "bytes", "date", "datetime", "decimal", "dict", "file", "float", "int"),
    *("integer", "list", "object", "str", "string"),
)
_CONSTANTS = ("java", "android")
_REMEDY = "rename one of them in the document, so that the clients can have all of it"


def check_operations(documents: Iterable[ApiDocument]) -> None:
    """Raise SdkError where operationIds are no names, or one name in the languages' spelling.

    The generator would number them, in another way as soon as one more comes.
    """
    for document in documents:
        seen: dict[tuple[str, str], str] = {}
        for path, verb, operation in document.operations():
            given = str(operation.get("operationId", ""))
            what = f"{document.api}: the operationId {given!r} of {verb} {path}"
            if not given:
                continue
            spelled = "".join(words(given))
            if not re.search("[a-z]", spelled):
                raise SdkError(f"{what} has no ASCII letter, and no language can name it", _RENAME)
            tag = str((operation.get("tags") or [""])[0])
            other = seen.setdefault((tag, spelled), given)
            if other != given:
                raise SdkError(
                    f"{what} and {other!r} are one name in Python, Java and other languages",
                    _RENAME,
                )


_RENAME = "give it an operationId of its own, of letters, digits and underscores"


def faults(names: ClientNames) -> Iterator[Fault]:
    """What the client of one language cannot have: nothing, as a rule."""
    language = names.language
    for (verb, path), operation in names.operations.items():
        where = f"{verb} {path}"
        if not _NAME.fullmatch(operation.name):
            yield f"{where}: its operationId has no name", language
        yield from _faults(f"{where}: parameter", list(operation.parameters.items()), language)
    for schema, model in names.models.items():
        if language == "python" and schema in _TYPES:
            yield f"schema {schema} is a type of the language", language
        found = list(_faults(f"schema {schema}: property", model.properties, language))
        if language in _CONSTANTS and not found:
            found = list(_same(f"schema {schema}: property", model.constants, language))
        yield from found
        yield from _same(f"schema {schema}: value", model.values, language)
    classes = [(schema, model.name) for schema, model in names.models.items()]
    yield from _same("schema", classes, language)


def refuse(api: str, found: Sequence[Fault]) -> None:
    """Raise SdkError for the faults of all languages, each with those that it is in."""
    by_text: dict[str, list[str]] = defaultdict(list)
    for text, language in found:
        if language not in by_text[text]:
            by_text[text].append(language)
    if by_text:
        lines = [f"{text} ({', '.join(sorted(in_))})" for text, in_ in sorted(by_text.items())]
        raise SdkError(
            f"{api}: names that clients cannot have:\n    " + "\n    ".join(lines), _REMEDY
        )


def _faults(where: str, pairs: list[tuple[str, str]], language: str) -> Iterator[Fault]:
    for given, name in pairs:
        if not _NAME.fullmatch(name):
            yield f"{where} {given!r} has no name", language
    named = [(given, name) for given, name in pairs if _NAME.fullmatch(name)]
    yield from _same(where, named, language)


def _same(where: str, pairs: list[tuple[str, str]], language: str) -> Iterator[Fault]:
    counted = Counter(name for _, name in pairs)
    for name, count in counted.items():
        if count > 1:
            given = sorted(given for given, one in pairs if one == name)
            yield f"{where} {' and '.join(map(repr, given))} are one name", language
