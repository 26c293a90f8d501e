"""CodePipeline, S3 and the rest in memory, as far as the checks call them."""

import io
import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

JOB_ID = "11111111-abcd-1111-abcd-111111abcdef"
PLACE = {"project": "shop", "environment": "beta", "region": "eu-central-1"}
BUCKET = "reports"


class FakeClientError(Exception):
    """Shaped like botocore's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.response = {"Error": {"Code": code, "Message": f"{code} happened"}}


_EXCEPTIONS = SimpleNamespace(ClientError=FakeClientError)


class FakePipeline:
    """Remembers the results of jobs, and takes one of each."""

    class _InvalidJobStateError(Exception):
        pass

    exceptions = SimpleNamespace(InvalidJobStateException=_InvalidJobStateError)

    def __init__(self) -> None:
        self.results: list[tuple[str, dict[str, Any]]] = []

    def put_job_success_result(self, **fields: Any) -> None:
        self._put("success", fields)

    def put_job_failure_result(self, **fields: Any) -> None:
        self._put("failure", fields)

    def _put(self, kind: str, fields: dict[str, Any]) -> None:
        if self.results:
            raise self._InvalidJobStateError
        self.results.append((kind, fields))

    @property
    def message(self) -> str:
        """Of the one failure."""
        [(kind, fields)] = self.results
        assert kind == "failure"
        return str(fields["failureDetails"]["message"])


class FakeS3:
    """Objects by bucket and key."""

    exceptions = _EXCEPTIONS

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], bytes] = {}

    def put_object(self, *, Bucket: str, Key: str, Body: bytes, **_options: Any) -> None:  # noqa: N803
        self.objects[Bucket, Key] = Body

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803
        if (Bucket, Key) not in self.objects:
            raise FakeClientError("NoSuchKey")
        content = self.objects[Bucket, Key]
        return {"Body": io.BytesIO(content), "ContentLength": len(content)}

    def generate_presigned_url(
        self,
        operation: str,
        *,
        Params: Mapping[str, str],  # noqa: N803
        ExpiresIn: int,  # noqa: N803
    ) -> str:
        return f"https://s3/{Params['Bucket']}/{Params['Key']}?{operation}&{ExpiresIn}"

    def report(self, execution: str = JOB_ID, suite: str = "contract") -> Any:
        """A stored report as JSON."""
        return json.loads(self.objects[BUCKET, f"{execution}/{PLACE['environment']}-{suite}.json"])


class FakeCloudFormation:
    """Stacks with their outputs."""

    exceptions = _EXCEPTIONS

    def __init__(self, stacks: Mapping[str, Mapping[str, str]]) -> None:
        self._stacks = stacks

    def describe_stacks(self, *, StackName: str) -> dict[str, Any]:  # noqa: N803
        if StackName not in self._stacks:
            raise FakeClientError("ValidationError")
        outputs = self._stacks[StackName].items()
        named = [{"OutputKey": name, "OutputValue": value} for name, value in outputs]
        return {"Stacks": [{"Outputs": named}]}


class Context:
    """Lambda's context with a clock that only tests move."""

    def __init__(self, seconds: float = 900) -> None:
        self.seconds = seconds

    def get_remaining_time_in_millis(self) -> int:
        return int(self.seconds * 1000)


def job_event(parameters: Any, token: str | None = None) -> dict[str, Any]:
    """AWS's "Example JSON event" with these UserParameters."""
    text = parameters if isinstance(parameters, str) else json.dumps(parameters)
    return {
        "CodePipeline.job": {
            "id": JOB_ID,
            "accountId": "111111111111",
            "data": {
                "actionConfiguration": {
                    "configuration": {"FunctionName": "checks", "UserParameters": text}
                },
                "inputArtifacts": [
                    {
                        "location": {
                            "s3Location": {"bucketName": "artifacts", "objectKey": "p/docs/1"},
                            "type": "S3",
                        },
                        "revision": None,
                        "name": "documents",
                    }
                ],
                "outputArtifacts": [],
                "artifactCredentials": {
                    "secretAccessKey": "secret-access-key",
                    "sessionToken": "session-token",
                    "accessKeyId": "access-key-id",
                },
                **({"continuationToken": token} if token else {}),
            },
        }
    }


def zipped(files: Mapping[str, str]) -> bytes:
    """A zip with these files."""
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()
