"""Checks of the authorizers and the resource policy of a version, beyond single values."""

import re
from collections.abc import Iterator, Mapping

from gatewright.config.authorizer_sections import (
    COMMON,
    DEFAULT_CACHE_SECONDS,
    MAY_HAVE,
    NEEDS,
    OF_A_TYPE,
)
from gatewright.config.document import Document, Value
from gatewright.config.plain import answering, get, mapping
from gatewright.config.problems import Path, Problem

_RULE = ("principals", "source_ips", "vpc_endpoints")


def authorizer_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each field that an authorizer lacks or cannot have, and so on."""
    for service, section in mapping(document.value, "services").items():
        for version, fields in mapping(section, "versions").items():
            path: Path = ("services", service, "versions", version)
            for name, authorizer in mapping(fields, "authorizers").items():
                if isinstance(authorizer, dict) and get(authorizer, "type") in NEEDS:
                    at = (*path, "authorizers", name)
                    yield from _fields(document, at, authorizer)
                    yield from _caching(document, at, authorizer)
                    yield from _folder(document, at, authorizer, fields)
                    yield from _pattern(document, at, authorizer)
            yield from _policy(document, (*path, "resource_policy"), get(fields, "resource_policy"))


def _fields(document: Document, path: Path, authorizer: Mapping[str, Value]) -> Iterator[Problem]:
    kind = str(authorizer["type"])
    known = (*COMMON, *NEEDS[kind], *MAY_HAVE[kind])
    for name in authorizer:
        if name in OF_A_TYPE and name not in known:
            found = f"'{name}', which an authorizer of type {kind} does not read"
            allowed = ", ".join(known)
            yield document.problem((*path, name), found, allowed, "remove it", at_name=True)
    for name in NEEDS[kind]:
        if not authorizer.get(name):
            found = f"an authorizer of type {kind} without '{name}'"
            example = _EXAMPLES[name]
            remedy = f"add '{name}: {example}' beside it"
            allowed = f"type {kind} with {' and '.join(NEEDS[kind])}"
            yield document.problem((*path, "type"), found, allowed, remedy)
    if authorizer.get("as") == "openid" and kind != "jwt":
        found = f"'openid' of an authorizer of type {kind}, which has no issuer"
        yield document.problem((*path, "as"), found, "api_key, bearer, basic", "write bearer")


_EXAMPLES = {
    "function": "<folder>.<module>:<function>",
    "issuer": "https://login.example.com/",
    "audience": "[<what tokens have as aud>]",
}


def _caching(document: Document, path: Path, authorizer: Mapping[str, Value]) -> Iterator[Problem]:
    """AWS: "Authorizer", identitySource: required of REQUEST when answers are cached."""
    if authorizer["type"] != "request" or authorizer.get("identity_sources"):
        return
    seconds = authorizer.get("cache_seconds", DEFAULT_CACHE_SECONDS)
    if seconds != 0:
        found = f"answers cached for {seconds} seconds, by no identity source"
        allowed = "identity_sources, or cache_seconds: 0"
        remedy = "add 'identity_sources: [header.Authorization]' beside it, or 'cache_seconds: 0'"
        where = "cache_seconds" if "cache_seconds" in authorizer else "type"
        yield document.problem((*path, where), found, allowed, remedy)


def _folder(
    document: Document, path: Path, authorizer: Mapping[str, Value], version: Value
) -> Iterator[Problem]:
    function = authorizer.get("function")
    answers = answering(version)
    if not isinstance(function, str) or answers is None or "." not in function:
        return
    beside, answer = answers
    folder = answer.partition(".")[0]
    if function.partition(".")[0] != folder:
        found = f"{function!r}, in another folder than the {beside}"
        remedy = f"move it to lambda_src/{folder}: one folder is bundled"
        yield document.problem((*path, "function"), found, f"a function below {folder}", remedy)


def _pattern(document: Document, path: Path, authorizer: Mapping[str, Value]) -> Iterator[Problem]:
    pattern = authorizer.get("validation")
    if isinstance(pattern, str):
        try:
            re.compile(pattern)
        except re.error as error:
            found = f"{pattern!r}, which is no regular expression: {error}"
            remedy = "mend it; in YAML, single quotes keep backslashes as they are"
            yield document.problem((*path, "validation"), found, "a regular expression", remedy)


def _policy(document: Document, path: Path, policy: Value) -> Iterator[Problem]:
    if get(policy, "allow") in ([], ()):
        remedy = "write a rule, or remove the policy, which would let nobody in"
        yield document.problem((*path, "allow"), "no rule", "at least one", remedy)
    for effect in ("allow", "deny"):
        rules = get(policy, effect)
        for index, rule in enumerate(rules if isinstance(rules, tuple | list) else ()):
            if isinstance(rule, dict) and not any(rule.get(name) for name in _RULE):
                remedy = "write 'principals: [everybody]' if that is meant"
                found = "a rule that names nobody"
                yield document.problem((*path, effect, index), found, ", ".join(_RULE), remedy)
