"""One release of an API's functions: versions, then aliases, then their permissions."""

from collections.abc import Collection, Mapping

from aws_cdk import ArnFormat, Fn, Stack
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from gatewright.release.retention import keep_for_rollback

# How Lambda sees TestInvokeMethod. AWS CDK: LambdaIntegration, allowTestInvoke.
_TEST_STAGE = "test-invoke-stage"


class FunctionRelease(Construct):
    """Publishes every function of an API and gives each an alias of the release's own name.

    The alias is called ``<release id>-<version>``, with the version number that Lambda gave the
    first function. The number makes it unique: going back to earlier code gives the release id
    of the retained alias again, and two aliases of one function cannot share a name. The functions
    named in ``authorizers`` are asked by the API's authorizers, the others by its methods, and
    with ``tested`` by API Gateway's tests of these.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        release_id: str,
        functions: Mapping[str, lambda_.Function],
        rest_api_id: str,
        stage_name: str,
        authorizers: Collection[str] = (),
        tested: bool = False,
    ) -> None:
        super().__init__(scope, construct_id)
        versions = {name: self._version(name, fn, release_id) for name, fn in functions.items()}
        first = next(iter(versions.values()))
        self.alias_name = Fn.join("-", [release_id, first.attr_version])
        self.function_names = {name: fn.function_name for name, fn in functions.items()}
        for name, version in versions.items():
            alias = self._alias(name, functions[name], version, release_id)
            # An authorizer's id is known to API Gateway alone, and is no stage's. AWS: "Configure
            # an API Gateway Lambda authorizer".
            part = "authorizers/*" if name in authorizers else f"{stage_name}/*/*"
            permitted = f"{name}Permission-{release_id}"
            self._permission(permitted, alias, f"{rest_api_id}/{part}")
            if tested and name not in authorizers:
                caller = f"{rest_api_id}/{_TEST_STAGE}/*/*"
                self._permission(f"{name}TestPermission-{release_id}", alias, caller)

    def _version(self, name: str, fn: lambda_.Function, release_id: str) -> lambda_.CfnVersion:
        version = lambda_.CfnVersion(
            self, f"{name}Version-{release_id}", function_name=fn.function_name
        )
        keep_for_rollback(version)
        return version

    def _alias(
        self, name: str, fn: lambda_.Function, version: lambda_.CfnVersion, release_id: str
    ) -> lambda_.CfnAlias:
        alias = lambda_.CfnAlias(
            self,
            f"{name}Alias-{release_id}",
            function_name=fn.function_name,
            function_version=version.attr_version,
            name=self.alias_name,
        )
        keep_for_rollback(alias)
        return alias

    def _permission(self, construct_id: str, alias: lambda_.CfnAlias, caller: str) -> None:
        # A permission on the function alone does not cover its aliases. AWS: "Using Lambda
        # aliases in resource-based policies".
        permission = lambda_.CfnPermission(
            self,
            construct_id,
            action="lambda:InvokeFunction",
            function_name=alias.ref,
            principal="apigateway.amazonaws.com",
            source_arn=Stack.of(self).format_arn(
                service="execute-api",
                resource=caller,
                arn_format=ArnFormat.NO_RESOURCE_NAME,
            ),
        )
        keep_for_rollback(permission)
