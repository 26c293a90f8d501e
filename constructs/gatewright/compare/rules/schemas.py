"""How changes of schemas are judged. Each happens in requests and in answers, and is two rules.

``request-<fact>`` holds for parameters and request bodies, ``response-<fact>`` for the bodies and
headers of answers.
"""

from gatewright.compare.direction import Direction
from gatewright.compare.rules.rule import Rule, breaks, keeps, words

_REFUSED = "callers send what is refused now"
_ACCEPTED = "all that callers send is still taken"
_UNKNOWN = "callers, and the types of SDKs, do not expect what may come now"
_EXPECTED = "all that comes was expected before"

_TAKE = "go on taking what was taken"
_SEND = "go on sending only what was promised"


def _narrower(fact: str, what: str) -> tuple[Rule, Rule]:
    """Less is valid than before."""
    return (
        breaks(f"request-{fact}", what, _REFUSED, _TAKE),
        keeps(f"response-{fact}", what, _EXPECTED),
    )


def _wider(fact: str, what: str) -> tuple[Rule, Rule]:
    """More is valid than before."""
    return (
        keeps(f"request-{fact}", what, _ACCEPTED),
        breaks(f"response-{fact}", what, _UNKNOWN, _SEND),
    )


def _other(fact: str, what: str) -> tuple[Rule, Rule]:
    """Some that was valid is not, and some that was not valid is; or nobody can tell."""
    return (
        breaks(f"request-{fact}", what, _REFUSED, _TAKE),
        breaks(f"response-{fact}", what, _UNKNOWN, _SEND),
    )


_PROPERTIES: tuple[Rule, ...] = (
    keeps("request-property-added-optional", "a new property may be sent", "it can be left out"),
    breaks(
        "request-property-added-required",
        "a new property has to be sent",
        "callers do not send it yet, and are refused",
        "make it optional, with the old behaviour as its default",
    ),
    keeps(
        "response-property-added", "a new property comes", "callers ignore what they do not know"
    ),
    breaks(
        "response-property-added-to-closed-object",
        "a new property comes in an object that promised no others",
        "callers that check answers refuse an object with more properties",
        "open the object (additionalProperties) in a new API version, and add properties there",
    ),
    breaks(
        "request-property-removed",
        "a property is gone",
        "what callers send in it has no effect, or is refused, and SDKs no longer take it",
        "keep the property, marked as deprecated",
    ),
    breaks(
        "response-property-removed",
        "a property is gone",
        "callers that read it find nothing",
        "go on sending the property, marked as deprecated",
    ),
    breaks(
        "request-property-became-required",
        "a property that could be left out has to be sent",
        "callers that leave it out are refused",
        "leave it optional, with a default",
    ),
    keeps("response-property-became-required", "a property always comes", "callers may rely on it"),
    keeps(
        "request-property-became-optional",
        "a property can be left out",
        "callers may still send it",
    ),
    breaks(
        "response-property-became-optional",
        "a property may be missing",
        "callers rely on it",
        "go on sending the property always",
    ),
    breaks(
        "request-property-became-read-only",
        "a property can no longer be sent",
        "what callers send in it has no effect, or is refused",
        "go on taking the property",
    ),
    breaks(
        "response-property-became-write-only",
        "a property no longer comes",
        "callers that read it find nothing",
        "go on sending the property",
    ),
    keeps("request-property-deprecated", "a property is deprecated", "it still has its effect"),
    keeps("response-property-deprecated", "a property is deprecated", "it still comes"),
)

_DEFAULTS: tuple[Rule, ...] = (
    breaks(
        "request-default-changed",
        "a default changed, or went",
        "callers that leave the value out get something else",
        "keep the default",
    ),
    keeps("request-default-added", "a default is told", "callers may still send the value"),
    words("response-default-changed", "a default changed", "answers have the value itself"),
)

_VALUES: tuple[Rule, ...] = (
    *_narrower("type-narrowed", "fewer types are valid"),
    *_wider("type-widened", "more types are valid"),
    *_other("type-changed", "the type is another one"),
    *_wider("became-nullable", "null is valid"),
    *_narrower("became-not-nullable", "null is not valid any more"),
    *_narrower("enum-value-removed", "a value is gone from the list"),
    *_wider("enum-value-added", "a value is new on the list"),
    *_narrower("enum-added", "only listed values are valid"),
    *_wider("enum-removed", "values need not be on a list any more"),
    *_narrower("format-added", "values must have a format (or an encoding)"),
    *_wider("format-removed", "values need not have the format any more"),
    *_narrower("format-narrowed", "the format has fewer values"),
    *_wider("format-widened", "the format has more values"),
    *_other("format-changed", "the format is another one"),
    *_narrower("range-narrowed", "a minimum or maximum leaves fewer numbers"),
    *_wider("range-widened", "a minimum or maximum leaves more numbers"),
    *_narrower("length-narrowed", "texts, lists or objects of fewer lengths are valid"),
    *_wider("length-widened", "texts, lists or objects of more lengths are valid"),
    *_narrower("multiple-narrowed", "numbers must be multiples (multipleOf)"),
    *_wider("multiple-widened", "numbers need no longer be such multiples"),
    *_other("multiple-changed", "numbers must be multiples of another one"),
    *_narrower("pattern-added", "texts must match a pattern"),
    *_wider("pattern-removed", "texts need not match a pattern any more"),
    *_other("pattern-changed", "texts must match another pattern"),
    *_other("xml-changed", "XML has another name or place for it (xml), in media types of XML"),
    *_narrower("unique-items-added", "the items of a list must differ"),
    *_wider("unique-items-removed", "the items of a list need not differ any more"),
)

_STRUCTURE: tuple[Rule, ...] = (
    *_narrower("additional-properties-closed", "properties without a name in it are not valid"),
    *_wider("additional-properties-opened", "properties without a name in it are valid"),
    *_narrower("alternative-removed", "an alternative is gone (anyOf, oneOf, or a subtype)"),
    *_wider("alternative-added", "an alternative is new (anyOf, oneOf, or a subtype)"),
    *_other("discriminator-changed", "other values, or another property, tell alternatives apart"),
    *_narrower("discriminator-value-removed", "a value that names an alternative is gone"),
    *_wider("discriminator-value-added", "a value that names an alternative is new"),
    *_narrower("constraint-added", "a demand is new (not, if, contains, anyOf and the like)"),
    *_wider("constraint-removed", "a demand is gone (not, if, contains, anyOf and the like)"),
)

SCHEMA_RULES: tuple[Rule, ...] = (*_PROPERTIES, *_DEFAULTS, *_VALUES, *_STRUCTURE)


def schema_kind(direction: Direction, fact: str) -> str:
    """The kind of a fact about a schema of requests or of answers."""
    return f"{direction}-{fact}"
