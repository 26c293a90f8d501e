"""Lists what the gateway leaves to the backend."""

from gatewright.contract.contract import Contract, Operation
from gatewright.contract.gateway import GATEWAY_LOCATIONS
from gatewright.contract.gateway_models import GatewayModels
from gatewright.contract.model_schema import DESCRIBES
from gatewright.contract.unenforced import Unenforced


def backend_constraints(contract: Contract) -> tuple[Unenforced, ...]:
    """Every constraint of a contract's input that API Gateway does not check.

    AWS, "Request validation": of parameters it checks that the required ones are there and not
    blank; of a body that it matches the model.
    """
    found = [item for operation in contract.operations() for item in _of(operation)]
    return tuple(found + GatewayModels(contract).unenforced())


def _of(operation: Operation) -> list[Unenforced]:
    found = []
    for index, parameter in enumerate(operation.parameters):
        at = operation.pointer("parameters", index)
        if parameter["in"] not in GATEWAY_LOCATIONS:
            reason = f"API Gateway has no {parameter['in']} parameters"
            found.append(Unenforced(f"{at}/in", "in", reason))
        found.extend(
            Unenforced(f"{at}/schema/{keyword}", keyword, "of parameters only presence is checked")
            for keyword, value in sorted(parameter["schema"].items())
            if keyword not in DESCRIBES and (keyword, value) != ("type", "string")
        )
    return found
