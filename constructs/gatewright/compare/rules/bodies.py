"""How changes of request bodies, responses and headers are judged, but for their schemas."""

from gatewright.compare.rules.rule import Rule, breaks, keeps

REQUEST_BODY_RULES: tuple[Rule, ...] = (
    breaks(
        "request-body-added-required",
        "a body has to be sent where there was none",
        "callers send none, and are refused",
        "make the body optional",
    ),
    keeps("request-body-added-optional", "a body may be sent", "it can be left out"),
    breaks(
        "request-body-removed",
        "there is no body any more",
        "what callers send in it has no effect, and SDKs no longer take it",
        "keep the body, and mark its properties as deprecated",
    ),
    breaks(
        "request-body-became-required",
        "the body has to be sent",
        "callers that leave it out are refused",
        "leave the body optional",
    ),
    keeps("request-body-became-optional", "the body can be left out", "callers may still send it"),
    breaks(
        "request-media-type-removed",
        "a media type of the body is gone",
        "callers that send it are refused",
        "go on taking the media type",
    ),
    keeps("request-media-type-added", "a media type of the body is new", "the others are taken"),
    breaks(
        "request-encoding-changed",
        "parts of a form are written another way",
        "what callers write is read as something else",
        "keep the encoding, or take another media type besides",
    ),
)

_OTHER_STATUS = "answer with a status that is there already, or in a new API version"

RESPONSE_RULES: tuple[Rule, ...] = (
    breaks(
        "response-success-status-removed",
        "a status of success is gone",
        "callers that wait for it take its absence for a failure",
        "go on answering with the status",
    ),
    breaks(
        "response-success-status-added",
        "a status of success, or a redirection, is new",
        "callers, and SDKs, do not know what comes with it",
        _OTHER_STATUS,
    ),
    keeps("response-error-status-removed", "a status of errors is gone", "it no longer comes"),
    keeps(
        "response-error-status-added",
        "a status of errors is new",
        "callers treat an unknown status as the first of its hundred (RFC 9110, section 15)",
    ),
    keeps(
        "response-interim-status-removed",
        "a status that another one follows (1xx) is gone",
        "callers wait for the last one",
    ),
    keeps(
        "response-interim-status-added",
        "a status that another one follows (1xx) is new",
        "clients have to pass over those that they do not expect (RFC 9110, section 15.2)",
    ),
    breaks(
        "response-body-removed",
        "an answer has no body any more",
        "callers that read it find nothing",
        "go on sending the body",
    ),
    keeps("response-body-added", "an answer has a body now", "callers that expect none ignore it"),
    breaks(
        "response-media-type-removed",
        "a media type of an answer is gone",
        "callers that ask for it, or read it, cannot",
        "go on offering the media type",
    ),
    keeps(
        "response-media-type-added",
        "a media type of an answer is new",
        "callers get it when they ask for it",
    ),
    breaks(
        "response-encoding-changed",
        "parts of an answer are written another way",
        "callers read them as something else",
        "keep the encoding, or offer another media type besides",
    ),
    breaks(
        "response-header-removed",
        "a header of an answer is gone",
        "callers that read it find nothing",
        "go on sending the header",
    ),
    keeps("response-header-added", "a header of an answer is new", "callers ignore what is new"),
    breaks(
        "response-header-became-optional",
        "a header of an answer may be missing",
        "callers rely on it",
        "go on sending the header always",
    ),
    keeps("response-header-became-required", "a header always comes", "callers may read it"),
    breaks(
        "response-header-serialization-changed",
        "a header is written another way",
        "callers read it as something else",
        "keep how it is written, or add another header beside it",
    ),
)
