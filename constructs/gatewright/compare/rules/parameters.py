"""How changes of parameters are judged. What is in their schemas: see ``rules/schemas.py``."""

from gatewright.compare.rules.rule import Rule, breaks, keeps

PARAMETER_RULES: tuple[Rule, ...] = (
    breaks(
        "parameter-added-required",
        "a new parameter has to be sent",
        "callers do not send it yet, and are refused",
        "make it optional, with the old behaviour as its default",
    ),
    keeps("parameter-added-optional", "a new parameter may be sent", "it can be left out"),
    breaks(
        "parameter-removed",
        "a parameter is gone",
        "what callers send in it has no effect any more, and SDKs no longer take it",
        "keep the parameter, marked as deprecated",
    ),
    breaks(
        "parameter-became-required",
        "a parameter that could be left out has to be sent",
        "callers that leave it out are refused",
        "leave it optional, with a default",
    ),
    keeps("parameter-became-optional", "a parameter can be left out", "callers may still send it"),
    breaks(
        "path-parameter-renamed",
        "a part of the path has another name",
        "calls on the wire are the same, but SDKs name their arguments after it",
        "keep its name",
    ),
    breaks(
        "parameter-serialization-changed",
        "a parameter is written another way (style, explode, allowReserved, allowEmptyValue or its "
        "media type)",
        "what callers write is read as something else",
        "keep how it is written, or add another parameter beside it",
    ),
    keeps("parameter-deprecated", "a parameter is deprecated", "it still has its effect"),
)
