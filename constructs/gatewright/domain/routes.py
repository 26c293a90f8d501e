"""Which API a request of a domain name is for."""

from dataclasses import dataclass

from aws_cdk import aws_apigatewayv2 as apigatewayv2
from constructs import Construct

from gatewright.domain.domain_name import DomainName
from gatewright.domain.priorities import header_priority, path_priority

_Rule = apigatewayv2.CfnRoutingRule


@dataclass(frozen=True, kw_only=True)
class Target:
    """A stage of a REST API."""

    rest_api_id: str
    stage_name: str


class Routes(Construct):
    """API mappings and routing rules of one domain name.

    A mapping takes the longest base path that a request begins with. A rule is asked before every
    mapping, where the domain's routing mode says so. AWS: AWS::ApiGatewayV2::ApiMapping (the only
    one with several words in a base path), AWS::ApiGatewayV2::RoutingRule.
    """

    def __init__(self, scope: Construct, construct_id: str, *, domain_name: DomainName) -> None:
        super().__init__(scope, construct_id)
        self._domain_name = domain_name
        self._taken: list[int] = []

    def map(self, construct_id: str, base_path: str, target: Target) -> None:
        """Everything below ``base_path``; below the root, when it is empty."""
        apigatewayv2.CfnApiMapping(
            self,
            construct_id,
            domain_name=self._domain_name.reference,
            api_id=target.rest_api_id,
            stage=target.stage_name,
            api_mapping_key=base_path or None,
        )

    def by_path(self, construct_id: str, base_path: str, target: Target) -> None:
        """A rule for everything below ``base_path``, whatever its headers say."""
        priority = path_priority(base_path, self._taken)
        self._rule(construct_id, priority, [_path(base_path)], target)

    def by_header(
        self, construct_id: str, base_path: str, header: tuple[str, str], target: Target
    ) -> None:
        """A rule for what has the header, a name and a value in which * stands for anything."""
        name, value = header
        matched = _Rule.MatchHeadersProperty(
            any_of=[_Rule.MatchHeaderValueProperty(header=name, value_glob=value)]
        )
        conditions = [_path(base_path), _Rule.ConditionProperty(match_headers=matched)]
        priority = header_priority(construct_id, self._taken)
        self._rule(construct_id, priority, conditions, target)

    def _rule(
        self,
        construct_id: str,
        priority: int,
        conditions: list[apigatewayv2.CfnRoutingRule.ConditionProperty],
        target: Target,
    ) -> None:
        self._taken.append(priority)
        invoked = _Rule.ActionInvokeApiProperty(
            api_id=target.rest_api_id, stage=target.stage_name, strip_base_path=True
        )
        _Rule(
            self,
            construct_id,
            domain_name_arn=self._domain_name.arn,
            priority=priority,
            conditions=conditions,
            actions=[_Rule.ActionProperty(invoke_api=invoked)],
        )


def _path(base_path: str) -> apigatewayv2.CfnRoutingRule.ConditionProperty:
    return _Rule.ConditionProperty(
        match_base_paths=_Rule.MatchBasePathsProperty(any_of=[base_path])
    )
