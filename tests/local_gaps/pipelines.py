"""Pipelines for the cases: as CreatePipeline takes them, and as templates write them."""

from __future__ import annotations

from typing import Any

ROLE = "arn:aws:iam::000000000000:role/pipeline"
STORE = {"type": "S3", "location": "artifacts"}
Document = dict[str, Any]


def action(
    name: str, category: str = "Build", provider: str = "CodeBuild", **more: Any
) -> Document:
    """An action of the API."""
    kind = {"category": category, "owner": "AWS", "provider": provider, "version": "1"}
    return {"name": name, "actionTypeId": kind, **more}


def source(name: str = "Source", output: str = "code") -> Document:
    return action(name, "Source", "S3", outputArtifacts=[{"name": output}])


def stage(name: str, *actions: Document) -> Document:
    return {"name": name, "actions": list(actions)}


def pipeline(name: str, *later: Document, **more: Any) -> Document:
    """A pipeline of a source and these stages, by default one that builds."""
    build = action("Build", inputArtifacts=[{"name": "code"}], outputArtifacts=[{"name": "built"}])
    return {
        "name": name,
        "roleArn": ROLE,
        "artifactStore": STORE,
        "stages": [stage("Source", source()), *(later or (stage("Build", build),))],
        **more,
    }


def template(user_parameters: str = "{}", **more: Any) -> Document:
    """A resource with the properties that cases change, as CloudFormation takes them."""
    kind = {"Owner": "AWS", "Version": "1"}
    return {
        "Type": "AWS::CodePipeline::Pipeline",
        "Properties": {
            "RoleArn": ROLE,
            "PipelineType": "V2",
            "ExecutionMode": "QUEUED",
            "RestartExecutionOnUpdate": True,
            "ArtifactStores": [
                {
                    "Region": region,
                    "ArtifactStore": {
                        "Type": "S3",
                        "Location": f"artifacts-{region}",
                        "EncryptionKey": {"Id": "key", "Type": "KMS"},
                    },
                }
                for region in ("us-east-1", "eu-west-1")
            ],
            "Stages": [
                {
                    "Name": "Source",
                    "Actions": [
                        {
                            "Name": "Code",
                            "ActionTypeId": {"Category": "Source", "Provider": "S3", **kind},
                            "Configuration": {"S3Bucket": "b", "PollForSourceChanges": False},
                            "OutputArtifacts": [{"Name": "code"}],
                            "Namespace": "SourceVariables",
                        }
                    ],
                },
                {
                    "Name": "Beta",
                    "OnFailure": {"Result": "ROLLBACK"},
                    "Actions": [
                        {
                            "Name": "Checks",
                            "ActionTypeId": {"Category": "Invoke", "Provider": "Lambda", **kind},
                            "Configuration": {
                                "FunctionName": "checks",
                                "UserParameters": user_parameters,
                            },
                            "InputArtifacts": [{"Name": "code"}],
                            "Region": "eu-west-1",
                            "RoleArn": ROLE,
                            "RunOrder": "2",
                            "TimeoutInMinutes": 20,
                        }
                    ],
                },
            ],
            **more,
        },
    }
