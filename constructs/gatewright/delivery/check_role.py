"""What checks may do in an environment's account."""

from collections.abc import Mapping, Sequence

from aws_cdk import aws_iam as iam
from constructs import Construct

from gatewright.checks.permissions import ACTIONS
from gatewright.operations.wildcards import acknowledge_wildcards, policy_of


class CheckRole(Construct):
    """A role that one caller of the pipeline's account may act with.

    ``caller_role_arn`` is that caller. It is compared as text: the pipeline's account is trusted
    on the condition of that name, so that the caller's role can be made anew, and need not exist
    before this one (AWS: "AWS global condition context keys", aws:PrincipalArn).
    ``parts`` are those of `gatewright.checks.permissions`, ``resources`` the ARNs of its kinds of
    resources.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        caller_account: str,
        caller_role_arn: str,
        parts: Sequence[str],
        resources: Mapping[str, Sequence[str]],
    ) -> None:
        super().__init__(scope, construct_id)
        self.role = iam.Role(
            self,
            "Role",
            role_name=name,
            description="Acted with by the pipeline's checks of this environment",
            assumed_by=iam.PrincipalWithConditions(
                iam.AccountPrincipal(caller_account),
                {"ArnEquals": {"aws:PrincipalArn": caller_role_arn}},
            ),
        )
        for statement in statements(parts, resources):
            self.role.add_to_policy(statement)
        acknowledge_wildcards(
            policy_of(self.role),
            "A stack's ARN ends with an id that CloudFormation makes: /* stands for it. So does * "
            "in names of functions, which begin with their stack's, and in ids of REST APIs, whose "
            "deployments may be removed, but none that a stage serves (AWS: DeleteDeployment).",
        )


def statements(
    parts: Sequence[str], resources: Mapping[str, Sequence[str]]
) -> list[iam.PolicyStatement]:
    """What ``parts`` of a check call, on the ``resources`` of each kind.

    A kind without ARNs is left out: an environment without keys has none to read.
    """
    by_kind: dict[str, list[str]] = {}
    for part in parts:
        for action, kind in ACTIONS[part].items():
            by_kind.setdefault(kind, []).append(action)
    return [
        iam.PolicyStatement(
            actions=sorted(set(actions)),
            resources=["*"] if kind == "*" else list(resources[kind]),
        )
        for kind, actions in by_kind.items()
        if kind == "*" or resources.get(kind)
    ]
