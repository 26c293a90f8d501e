"""Names of documents that a client's own code has already: the generator is given other ones."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from gatewright.contract.document import JsonObject
from gatewright.sdk.document import ApiDocument
from gatewright.sdk.naming import camel

_JAVA = """
Array ArrayList Arrays Consumer Duration HashMap HttpClient HttpRequest HttpResponse InputStream
JsonCreator JsonInclude JsonProperty JsonPropertyOrder JsonTypeName JsonValue Map ObjectMapper
Objects Override Pair Set StandardCharsets String StringJoiner Thread URLEncoder
"""
TAKEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        language: frozenset(names.split())
        for language, names in {
            "python": "ApiClient ApiException ApiResponse Configuration OpenApiException "
            "ApiTypeError ApiValueError ApiKeyError ApiAttributeError",
            "typescript": "ApiException Array AuthMethods AuthMethodsConfiguration "
            "ApiKeyConfiguration BaseServerConfiguration Blob Configuration ConfigurationOptions "
            "HttpBasicConfiguration HttpBearerConfiguration HttpFile HttpInfo HttpLibrary "
            "HttpMethod JSON Middleware ObjectSerializer Observable ObservableMiddleware Promise "
            "PromiseConfigurationOptions PromiseMiddleware RequestContext RequiredError "
            "ResponseContext SecurityAuthentication ServerConfiguration Set TokenProvider",
            "java": _JAVA,
            "android": _JAVA,
            "javascript": "ApiClient",
            "swift": "Response ErrorResponse RequestBuilder RequestTask JSONValue Validator",
            "ruby": "ApiClient ApiError ApiModelBase Configuration",
        }.items()
    }
)
"""For each language the classes that its clients or their compiler have, beside the models."""

_PARAMETERS: Mapping[str, tuple[str, ...]] = MappingProxyType({"java": ("e", "headers")})
_DIGIT = re.compile(r"[0-9]")


def mappings(document: ApiDocument, language: str) -> JsonObject:
    """What the generator is told to call models, parameters and operations, if anything
    (openapi-generator.tech, "Customization", "Name Mapping")."""
    found = {
        "modelNameMappings": model_names(document, language),
        "parameterNameMappings": {
            given: f"{name}Parameter"
            for name in _PARAMETERS.get(language, ())
            for given in (name, name.capitalize())  # of a body, which has its schema's name
        },
        "operationIdNameMappings": _operations(document) if language == "objc" else {},
    }
    return {key: names for key, names in found.items() if names}


def model_names(document: ApiDocument, language: str) -> dict[str, str]:
    """The schemas whose class has another name, ``Model`` in front, than they have.

    The error model is always among them if its name is no class's: templates of ours name it.
    Objective-C has none, for all of its classes have a prefix.
    """
    taken = TAKEN.get(language)
    if taken is None:
        return {}
    schemas = document.content.get("components", {}).get("schemas", {})
    classes = {schema: class_name(schema) for schema in schemas}
    found = {}
    for schema, name in classes.items():
        if name in taken:
            name = f"Model{name}"
            while name in taken or name in classes.values():
                name = f"Model{name}"
            found[schema] = name
        elif schema == document.error_model and schema != name:
            found[schema] = name
    return found


def _operations(document: ApiDocument) -> dict[str, str]:
    """The operationIds that begin with a digit; Objective-C's generator leaves that."""
    ids = [str(operation.get("operationId", "")) for _, _, operation in document.operations()]
    return {one: camel(f"call {one}") for one in ids if _DIGIT.match(one)}


def error_class(document: ApiDocument, language: str) -> str:
    """The class of the error model; empty without one."""
    return model_names(document, language).get(document.error_model, document.error_model)


def class_name(schema: str) -> str:
    """``NotFound`` of ``not-found``; capitals are left."""
    parts = [part for part in re.split(r"[^A-Za-z0-9]+", schema) if part]
    name = "".join(part[0].upper() + part[1:] for part in parts)
    return name if name[:1].isalpha() else f"Model{name}"
