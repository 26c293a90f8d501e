"""An HTTP endpoint, as a proxy or with templates of its own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gatewright.contract.document import JsonObject
from gatewright.contract.parameters import unseen_by_gateway
from gatewright.integrations.deployed import Deployed, Permission
from gatewright.integrations.flaw import Flaw
from gatewright.integrations.targets.call import Call

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

_PLACE = re.compile(r"\{([A-Za-z0-9_.-]+)\}")
_STAGE_VARIABLE = re.compile(r"\$\{stageVariables\.[^}]*\}")
_IN_REQUEST = {"path": "path", "query": "querystring", "header": "header"}
# A proxy hands all headers on; what a caller proves its identity with is not the backend's.
_CREDENTIALS = ("Authorization", "X-Api-Key")
_WITHHELD = "'-'"


@dataclass(frozen=True)
class HttpTarget:
    """``url`` may have ``{parameters}`` of the path and ``${stageVariables.name}`` in it.

    ``method`` is the operation's by default. ``verify_tls`` False accepts certificates that no
    known authority signed, and host names that are not in them. ``pass_credentials`` hands the
    caller's token and API key on. ``vpc_link`` is the name of the VPC link that leads there.
    """

    url: str
    method: str | None = None
    verify_tls: bool = True
    pass_credentials: bool = False
    vpc_link: str | None = None

    @property
    def path_parameters(self) -> list[str]:
        """The names in the URL that are parameters of the path."""
        return _PLACE.findall(_STAGE_VARIABLE.sub("", self.url))

    @property
    def resources(self) -> tuple[str, ...]:
        """What the environment must know: the VPC link, if there is one."""
        return (self.vpc_link,) if self.vpc_link else ()

    def call(
        self, operation: "Operation", contract: "Contract", deployed: Deployed, *, templated: bool
    ) -> Call:
        """An ``http_proxy`` call, or with ``templated`` an ``http`` one.

        AWS: "Set up HTTP integrations in API Gateway": a proxy passes query and headers itself,
        and needs the parameters of the path mapped; of the other, each is mapped.
        """
        del contract
        parameters = {
            f"integration.request.path.{name}": f"method.request.path.{name}"
            for name in self.path_parameters
        }
        if templated:
            parameters |= dict(_declared(operation))
        elif not self.pass_credentials:
            parameters |= {f"integration.request.header.{n}": _WITHHELD for n in _CREDENTIALS}
        return Call(
            "http" if templated else "http_proxy",
            self.url,
            self.method or operation.method,
            parameters,
            more=self._connection(deployed),
        )

    def _connection(self, deployed: Deployed) -> JsonObject:
        out: JsonObject = {}
        if not self.verify_tls:
            out["tlsConfig"] = {"insecureSkipVerification": True}
        if self.vpc_link is not None:
            link = deployed.vpc_links[self.vpc_link]
            out |= {
                "connectionType": "VPC_LINK",
                "connectionId": link.link_id,
                "integrationTarget": link.load_balancer,
            }
        return out

    def success(self, operation: "Operation", contract: "Contract") -> str | None:
        """Nothing: the body of success is the backend's."""
        del operation, contract
        return None

    def flaws(
        self, operation: "Operation", contract: "Contract", answer: Mapping[str, str]
    ) -> Iterator[Flaw]:
        """Parameters in the URL that the path has not."""
        del contract, answer
        declared = [item["name"] for item in operation.parameters if item["in"] == "path"]
        for name in self.path_parameters:
            if name not in declared:
                known = ", ".join(f"{{{item}}}" for item in declared) or "no parameters"
                yield Flaw(
                    f"the url has {{{name}}}, and the path {operation.path} has {known}",
                    "name a parameter of the path, or write the value itself",
                )

    def permissions(self, deployed: Deployed) -> Iterator[Permission]:
        """None."""
        del deployed
        yield from ()


def _declared(operation: "Operation") -> Iterator[tuple[str, str]]:
    for item in operation.parameters:
        if not unseen_by_gateway(item) and item["in"] != "path":
            place = f"{_IN_REQUEST[item['in']]}.{item['name']}"
            yield f"integration.request.{place}", f"method.request.{place}"
