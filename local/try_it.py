"""The lines that `make up` ends with: addresses, credentials, and calls to paste."""

from collections.abc import Iterator, Mapping
from typing import Any

_TARGET = "AWSCognitoIdentityProviderService.InitiateAuth"


def try_it(outputs: Mapping[str, Any]) -> str:
    """What to print. Every curl line works as it stands in a POSIX shell."""
    demo = outputs["demo"]
    addresses = "\n".join(f"  {name}  {url}" for name, url in _addresses(outputs["apis"]))
    return f"""
The platform is up.

{addresses}
  user      {demo["username"]}  password {demo["password"]}
  API key   {demo["api_key"]}
  all of it .gatewright/outputs.json

Try it:
{_calls(outputs)}

Next: `make test` proves it, `make down` stops it, README.md says how to go to AWS.
"""


def _addresses(apis: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, api in apis.items():
        stages = api.get("stages", {})
        yield from ((f"{name}:{stage}", url) for stage, url in stages.items())
        if not stages:
            yield name, api["url"]


def _calls(outputs: Mapping[str, Any]) -> str:
    apis = outputs["apis"]
    served = {name for name, api in apis.items() if "openapi" in api}
    lines = [
        *(_version_1(outputs, apis["foods-v1"]["url"]) if "foods-v1" in served else ()),
        *(_version_2(outputs, apis["foods-v2"]["url"]) if "foods-v2" in served else ()),
    ]
    # The example is gone: any other API says what it has in its public document.
    lines = lines or [
        f"curl {api['url']}   # its routes: {api['openapi']}"
        if "openapi" in api
        else f"curl -i {api['url']}   # retired: 410"
        for api in apis.values()
    ]
    lines += [
        f"curl -H 'Host: {api['host']}' {outputs['endpoint_url']}/{api['base_path']}"
        f"   # {name} by its domain; its routes come after that"
        for name, api in apis.items()
        if "host" in api
    ]
    return "\n".join(f"  {line}" for line in lines)


def _version_1(outputs: Mapping[str, Any], url: str) -> Iterator[str]:
    yield f"curl {url}"
    yield f"curl -H 'x-api-key: {outputs['demo']['api_key']}' {url}list_foods"
    yield f"TOKEN=$({_sign_in(outputs)})"
    yield f'curl -H "Authorization: Bearer $TOKEN" {url}check_stock/hamburger'
    yield (
        'curl -X PUT -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" '
        f"-d '{{\"quantity\": 3}}' {url}add_food/hotdog"
    )
    yield f"curl -i {url}check_stock/hamburger   # without a token: 401"


def _version_2(outputs: Mapping[str, Any], url: str) -> Iterator[str]:
    yield f"MACHINE=$({_machine_token(outputs)})"
    yield (
        'curl -H "Authorization: Bearer $MACHINE" -H "Content-Type: application/json" '
        '-H "Idempotency-Key: $(date +%s)" -d \'{"name": "hotdog", "quantity": 3}\' '
        f"{url}foods"
    )
    yield f"curl -H 'x-api-key: {outputs['demo']['api_key']}' '{url}foods?limit=10'"


def _machine_token(outputs: Mapping[str, Any]) -> str:
    return (
        f"curl -s -u {outputs['machine_client_id']}:{outputs['machine_client_secret']} "
        f"-d grant_type=client_credentials -d scope=foods/write {outputs['token_url']}"
        """ | sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/'"""
    )


def _sign_in(outputs: Mapping[str, Any]) -> str:
    demo = outputs["demo"]
    body = (
        f'{{"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"{outputs["user_pool_client_id"]}",'
        f'"AuthParameters":{{"USERNAME":"{demo["username"]}","PASSWORD":"{demo["password"]}"}}}}'
    )
    return (
        f"curl -s -H 'X-Amz-Target: {_TARGET}' -H 'Content-Type: application/x-amz-json-1.1' "
        f"-d '{body}' {outputs['endpoint_url']}/"
        """ | sed 's/.*"IdToken": *"\\([^"]*\\)".*/\\1/'"""
    )
