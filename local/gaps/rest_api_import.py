"""ImportRestApi and PutRestApi: a whole OpenAPI 3.0 document becomes the API.

The new tree is complete before any of it is kept, and ids stay with what keeps its path or name.
https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-update.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.openapi.authorizers import Authorizers
from local.gaps.openapi.document import Document, check_version
from local.gaps.openapi.gateway_responses import gateway_responses
from local.gaps.openapi.methods import Methods
from local.gaps.openapi.models import Models
from local.gaps.openapi.resources import Resources
from local.gaps.openapi.settings import settings_of
from local.gaps.openapi.tree import Ids, Tree
from local.gaps.openapi.validators import Validators


def put(api_id: str, content: Mapping[str, Any], overriding: Mapping[str, Any]) -> None:
    """Replace the definition of an API, keeping its stages, deployments and usage plans.

    `overriding` are fields of the RestApi that win over those of the document.
    ImportRefusedError, with nothing changed, when API Gateway would not import the document.
    """
    check_version(content)
    document = Document(content)
    tree = build(api_id, document)
    settings = {**settings_of(document), **overriding}
    document.raise_errors()
    _commit(api_id, tree, settings)


def create(content: Mapping[str, Any], overriding: Mapping[str, Any]) -> str:
    """The id of a new API. ImportRefusedError, and no API, when API Gateway would refuse."""
    import json

    from ministack.services import apigateway_v1

    status, _headers, body = apigateway_v1._create_rest_api(dict(overriding))
    answer = json.loads(body)
    if status >= 400:
        raise ValueError(answer["message"])
    try:
        put(answer["id"], content, overriding)
    except Exception:
        apigateway_v1._delete_rest_api(answer["id"])
        raise
    return str(answer["id"])


def build(api_id: str, document: Document) -> Tree:
    """The tree that the document describes, with the ids that the API already has."""
    from ministack.services import apigateway_v1 as api

    def ids(store: Any, name: str) -> Ids:
        return Ids.kept((store.get(api_id) or {}).values(), name)

    models = Models.read(api_id, document, ids(api._models, "name"))
    validators = Validators.read(document, ids(api._request_validators, "name"))
    authorizers = Authorizers.read(document, ids(api._authorizers_v1, "name"))
    methods = Methods(document, models, validators, authorizers)
    resources = Resources.read(document, ids(api._resources, "path"), methods)
    return Tree(
        resources=resources.records,
        authorizers=authorizers.records,
        models=models.records,
        validators=validators.records,
        gateway_responses=gateway_responses(document),
    )


def _commit(api_id: str, tree: Tree, settings: Mapping[str, Any]) -> None:
    """Put the new tree in place; `deployments` says when it is served.

    What resources refer to is added before them and taken away after them, so that whoever reads
    meanwhile finds it.
    """
    from ministack.services import apigateway_v1 as api

    referred = (
        (api._models, tree.models),
        (api._request_validators, tree.validators),
        (api._authorizers_v1, tree.authorizers),
    )
    for store, records in referred:
        store[api_id] = {**(store.get(api_id) or {}), **records}
    api._rest_apis[api_id] = {**api._rest_apis[api_id], **settings}
    api._gateway_responses[api_id] = tree.gateway_responses
    api._resources[api_id] = tree.resources
    for store, records in referred:
        store[api_id] = dict(records)
