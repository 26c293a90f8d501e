"""How changes of an API, its operations, servers and documentation are judged."""

from gatewright.compare.rules.rule import Rule, breaks, keeps, words

_KEEP_OPERATION = "keep the operation, mark it as deprecated, and remove it in a new API version"
_KEEP_SERVER = "keep the address among the servers for as long as it is called"

OPERATION_RULES: tuple[Rule, ...] = (
    breaks(
        "api-removed",
        "a published API is gone",
        "every call to it fails",
        "keep serving it, marked as deprecated, until nobody calls it",
    ),
    keeps("api-added", "a new API", "nobody calls it yet"),
    breaks("operation-removed", "an operation is gone", "every call to it fails", _KEEP_OPERATION),
    keeps("operation-added", "a new operation", "nobody calls it yet"),
    breaks(
        "operation-moved",
        "an operation has another method or path",
        "calls to the old place fail",
        "serve it at both places, and mark the old one as deprecated",
    ),
    breaks(
        "operation-id-changed",
        "an operationId changed, or went",
        "the wire is the same, but methods of SDKs have its name, so code that calls them fails",
        "keep the operationId",
    ),
    keeps(
        "operation-id-added",
        "an operation got an operationId",
        "calls on the wire stay the same, and no code can name what had no name",
    ),
    keeps("operation-deprecated", "an operation is deprecated", "it still answers"),
    keeps("operation-no-longer-deprecated", "an operation is no longer deprecated", "it answers"),
    breaks(
        "callback-changed",
        "a callback or webhook is gone, or its calls changed",
        "a receiver that knows the old calls may not understand the new ones",
        "add another callback beside it",
    ),
    keeps(
        "callback-added", "a new callback or webhook", "nobody receives it until they ask for it"
    ),
    breaks(
        "server-removed", "an address is gone", "callers that use the address fail", _KEEP_SERVER
    ),
    keeps("server-added", "a new address", "the others still answer"),
    breaks(
        "model-renamed",
        "a schema has another name",
        "the wire is the same, but types of SDKs have its name, so code that names them fails",
        "keep the schema's name",
    ),
    breaks(
        "model-changed",
        "another schema is used, or one got or lost its name",
        "the wire may be the same, but types of SDKs have its name, so code that names them fails",
        "go on using the same schema, under the same name",
    ),
    breaks(
        "cannot-be-compared",
        "something changed that no rule can judge",
        "nothing here can tell whether callers would notice, so they may",
        "say it with keywords that can be compared, or declare it after a look at it",
    ),
    words(
        "documentation-changed",
        "descriptions, examples, tags, links or extensions changed",
        "programs do not read it",
    ),
)
