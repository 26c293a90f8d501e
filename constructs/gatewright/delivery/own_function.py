"""The function of what the pipeline does in environments without being asked for."""

from constructs import Construct

from gatewright.checks.permissions import OWN
from gatewright.delivery.check_function import CheckFunction
from gatewright.delivery.check_role import statements
from gatewright.delivery.checks import CheckSettings
from gatewright.delivery.names import OwnKind, caller_role_name


def own_function(
    scope: Construct, construct_id: str, *, settings: CheckSettings, kind: OwnKind, handler: str
) -> CheckFunction:
    """A function that may do what ``kind`` needs besides acting with environments' roles.

    ``handler`` is in the bundle of `gatewright.checks`, ``module.attribute``.
    """
    function = CheckFunction(
        scope,
        construct_id,
        code=settings.code,
        handler=handler,
        role_name=caller_role_name(settings.project, kind),
        reports=settings.reports.bucket,
        logs=settings.logs,
    )
    for statement in statements([part for part in OWN[kind] if part != "role"], {}):
        function.role.add_to_policy(statement)
    return function
