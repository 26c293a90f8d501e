"""The lines that `make up` ends with: addresses, credentials, and calls to paste."""

from collections.abc import Mapping
from typing import Any

_TARGET = "AWSCognitoIdentityProviderService.InitiateAuth"


def try_it(outputs: Mapping[str, Any]) -> str:
    """What to print. Every curl line works as it stands in a POSIX shell."""
    demo = outputs["demo"]
    addresses = "\n".join(f"  {name}  {api['url']}" for name, api in outputs["apis"].items())
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


def _calls(outputs: Mapping[str, Any]) -> str:
    api = outputs["apis"].get("foods-v1")
    if api is None:
        return "\n".join(f"  curl {api['url']}" for api in outputs["apis"].values())
    url, demo = api["url"], outputs["demo"]
    return "\n".join(
        f"  {line}"
        for line in (
            f"curl {url}",
            f"curl -H 'x-api-key: {demo['api_key']}' {url}list_foods",
            f"TOKEN=$({_sign_in(outputs)})",
            f'curl -H "Authorization: Bearer $TOKEN" {url}check_stock/hamburger',
            'curl -X PUT -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" '
            f"-d '{{\"quantity\": 3}}' {url}add_food/hotdog",
            f"curl -i {url}check_stock/hamburger   # without a token: 401",
        )
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
