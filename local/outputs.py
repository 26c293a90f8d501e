"""What `make up` leaves for people and programs: .gatewright/outputs.json."""

import json
from pathlib import Path
from typing import Any

from gatewright.contract import Contract, public_document
from gatewright.operations.deployed import Deployed, DeployedApi
from local.demo import Demo
from local.embedded_aws import EmbeddedAws

FILE = "outputs.json"


def local_url(aws: EmbeddedAws, api: DeployedApi, stage: str | None = None) -> str:
    """The address of a stage, or of the first, that needs no host name beyond localhost."""
    return f"{aws.endpoint_url}/_aws/execute-api/{api.rest_api_id}/{stage or api.stage}/"


def local_token_url(aws: EmbeddedAws) -> str:
    """Where machines get tokens: the path of Cognito's own, without its domain."""
    return f"{aws.endpoint_url}/oauth2/token"


def read_outputs(folder: Path) -> dict[str, Any] | None:
    """What an earlier run wrote, or None."""
    try:
        found: dict[str, Any] = json.loads((folder / FILE).read_text())
    except (OSError, ValueError):
        return None  # none, or one that was damaged: it is written anew
    return found


def write_outputs(
    aws: EmbeddedAws, deployed: Deployed, demo: Demo, contracts: dict[str, Contract]
) -> dict[str, Any]:
    """Write outputs.json and the public documents, and return the outputs."""
    outputs = {
        "endpoint_url": aws.endpoint_url,
        "region": aws.region,
        "account": aws.account,
        "apis": {
            name: _api(aws, api, contracts.get(name)) | _at_domain(deployed, name)
            for name, api in sorted(deployed.apis.items())
        },
        "user_pool_id": deployed.user_pool_id,
        "user_pool_client_id": deployed.user_pool_client_id,
        "machine_client_id": deployed.machine_client_id,
        "machine_client_secret": demo.machine_client_secret,
        "token_url": local_token_url(aws),
        "demo": {
            "username": demo.username,
            "password": demo.password,
            "api_key": demo.api_keys.get("demo"),
            "tiny_api_key": demo.api_keys.get("tiny"),
            "disabled_api_key": demo.api_keys.get("demo-disabled"),
        },
    }
    _write(aws.folder / FILE, outputs)
    return outputs


def _api(aws: EmbeddedAws, api: DeployedApi, contract: Contract | None) -> dict[str, Any]:
    url = local_url(aws, api)
    found: dict[str, Any] = {"url": url, "rest_api_id": api.rest_api_id, "stage": api.stage}
    document = aws.folder / "openapi" / f"{api.name}.json"
    if contract is None:
        document.unlink(missing_ok=True)  # it was retired since
        return found
    _write(document, public_document(contract, server_url=url.rstrip("/")))
    stages = {name: local_url(aws, api, name) for name in api.stages}
    return {**found, "openapi": str(document), **({"stages": stages} if stages else {})}


def _at_domain(deployed: Deployed, api: str) -> dict[str, str]:
    """How to call the API by its domain: there is no DNS here, so a header names it."""
    domain = deployed.environment.domain
    if domain is None:
        return {}
    service, _, version = api.rpartition("-")
    return {"host": domain.name, "base_path": domain.base_path_of(service, version)}


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".draft")
    draft.write_text(json.dumps(content, indent=2) + "\n")
    # It holds a password and keys, if only of this machine.
    draft.chmod(0o600)
    draft.replace(path)
