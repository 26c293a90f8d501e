"""`make openapi`: the public documents, for people, portals and SDKs.

Writes OpenAPI 3.0.3 with its security schemes, a file an API. `servers` says where an environment
serves the API: at its domain, or at the address that it got when it was deployed. Without an ENV
they are those of every environment that has a domain, and AWS is not asked.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from gatewright.config import Environment, Platform, load_platform
from gatewright.contract.document import JsonObject
from gatewright.contract.security import COGNITO
from gatewright.operations.deployed import Deployed, read_deployed
from gatewright.publish.errors import PublishError
from gatewright.publish.published import PublishedError
from local.cdk_cli import ROOT
from local.embedded_aws import LocalError
from local.outputs import local_token_url, local_url
from local.progress import fail
from local.target import reach
from local.up import ENVIRONMENT, EXPECTED, FOLDER, embedded_aws

_EXAMPLES = """\
examples:
  make openapi                              dist/openapi/<api>.json
  make openapi ENV=prod                     dist/openapi-prod/<api>.json
  make openapi ENV=local ARGS='--api foods-v2 --folder portal'
"""


def write_openapi(options: argparse.Namespace, root: Path, folder: Path) -> list[Path]:
    """Write the documents that ``options`` ask for, and return their files.

    ``root`` is the folder of the platform, ``folder`` that of the embedded AWS's files. Raises
    LocalError and those of reading platform.yaml, the contracts and the environment.
    """
    # Not above: a command with another folder takes that folder's stacks.
    from stacks.contracts import read_contracts
    from stacks.public_documents import public_documents_of
    from stacks.versioned_documents import versioned

    platform = load_platform(root / "platform.yaml")
    documents = public_documents_of(platform, read_contracts(platform, root))
    if options.api is not None and options.api not in documents:
        raise LocalError(f"No API {options.api!r} is served. There are: {', '.join(documents)}.")
    found = {api: one.document for api, one in versioned(documents, root).items()}
    name = "openapi"
    if options.environment is not None:
        environment = platform.environment(options.environment)
        found = _as_served(found, platform, environment, folder)
        name = f"openapi-{environment.name}"
    target: Path = options.folder or root / "dist" / name
    target.mkdir(parents=True, exist_ok=True)
    wanted = [options.api] if options.api else list(found)
    return [_write(target / f"{api}.json", found[api]) for api in wanted]


def _as_served(
    documents: Mapping[str, JsonObject], platform: Platform, environment: Environment, folder: Path
) -> dict[str, JsonObject]:
    """The documents with the servers of one environment.

    The embedded AWS has no DNS, so what is there has its own address, whatever the domain.
    """
    domain = environment.domain
    if domain is not None and environment.name != ENVIRONMENT:
        return {
            api: {**document, "servers": [{"url": domain.url_of(*_names(api)).rstrip("/")}]}
            for api, document in documents.items()
        }
    client = reach(environment, folder).client("cloudformation")
    deployed = read_deployed(platform, environment, client)
    addresses = _addresses(deployed, environment, folder)
    token_url = deployed.token_url
    if environment.name == ENVIRONMENT:
        token_url = local_token_url(embedded_aws(environment, folder))
    return {
        api: _with_token_url({**document, "servers": addresses[api]}, token_url)
        for api, document in documents.items()
    }


def _names(api: str) -> tuple[str, str]:
    service, _, version = api.rpartition("-")
    return service, version


def _addresses(
    deployed: Deployed, environment: Environment, folder: Path
) -> dict[str, list[JsonObject]]:
    """Where each API answers; a server for each stage, where platform.yaml names them."""
    aws = embedded_aws(environment, folder) if environment.name == ENVIRONMENT else None
    found = {}
    for name, api in deployed.apis.items():
        urls = {stage: api.stages.get(stage, api.url) for stage in api.stage_names}
        if aws is not None:
            urls = {stage: local_url(aws, api, stage) for stage in urls}
        found[name] = [
            {"url": url.rstrip("/"), **({"description": stage} if api.stages else {})}
            for stage, url in urls.items()
        ]
    return found


def _with_token_url(document: JsonObject, url: str) -> JsonObject:
    schemes = document["components"].get("securitySchemes", {})
    if COGNITO not in schemes:
        return document
    told = {**schemes[COGNITO], "description": f"A token of the user pool. Machines ask {url}."}
    components = {**document["components"], "securitySchemes": {**schemes, COGNITO: told}}
    return {**document, "components": components}


def _write(file: Path, document: JsonObject) -> Path:
    file.write_text(json.dumps(document, indent=2) + "\n", "utf-8")
    return file


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; `--help` and mistakes end the program, as argparse does it."""
    parser = argparse.ArgumentParser(
        prog="make openapi",
        usage="make openapi [ENV=environment] [ARGS='--api API --folder FOLDER']",
        description=__doc__,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--environment", help=argparse.SUPPRESS)
    parser.add_argument("--api", help="one API, such as foods-v1; default: all that are served")
    parser.add_argument(
        "--folder", type=Path, help="where to; default: dist/openapi, or dist/openapi-<ENV>"
    )
    return parser.parse_args(arguments)


def main() -> None:
    """The command."""
    try:
        for file in write_openapi(parse(None), ROOT, FOLDER):
            print(file)
    except (*EXPECTED, PublishError, PublishedError) as error:
        fail(error)
    except (BotoCoreError, ClientError) as error:
        fail(LocalError(f"AWS could not be asked: {error}"))


if __name__ == "__main__":
    main()
