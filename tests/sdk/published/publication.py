"""The command of the pipeline's last stage, run against indexes and an AWS of this machine."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gatewright.contract.document import JsonObject
from local.cdk_cli import ROOT
from local.embedded_aws import EmbeddedAws
from local.sdk import PYTHON
from tests.sdk.published.indexes import USER, LocalIndexes

LANGUAGES = ("python", "typescript", "java", "javascript", "ruby")
_BUCKET = "published"
_SECRET = "indexes"


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A place of publication, with a key that signs. ``folder`` is for what is written here."""

    aws: EmbeddedAws
    indexes: LocalIndexes
    key: str
    folder: Path

    def publish(
        self, documents: Mapping[str, JsonObject], execution: str, *arguments: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the command with all indexes; ``arguments`` come last, and so win."""
        folder = self.folder / execution
        folder.mkdir()
        for api, document in documents.items():
            (folder / f"{api}.json").write_text(json.dumps(document))
        return subprocess.run(
            [
                *(str(PYTHON), "-m", "gatewright.publish", "--documents", str(folder)),
                *("--project", "gatewright", "--to", f"s3://{_BUCKET}", "--execution", execution),
                *("--signing-key", self.key, "--work", str(self.folder / "work")),
                *(*self.indexes.arguments, "--index-secret", _SECRET),
                *("--language", *LANGUAGES, *arguments),
            ],
            env={**self.aws.variables(), "PYTHONPATH": str(ROOT / "constructs")},
            capture_output=True,
            text=True,
            check=False,
        )

    def read(self, name: str) -> bytes:
        """What was published under that name."""
        content: bytes = self._s3.get_object(Bucket=_BUCKET, Key=name)["Body"].read()
        return content

    def latest(self, api: str) -> JsonObject:
        """The contract that the next one is compared with."""
        document: JsonObject = json.loads(self.read(f"openapi/latest/{api}.json"))
        return document

    def names(self) -> dict[str, str]:
        """Everything at the place, with what tells that it was written anew."""
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=_BUCKET)
        return {
            item["Key"]: f"{item['ETag']} {item['LastModified']}"
            for page in pages
            for item in page.get("Contents", ())
        }

    @property
    def _s3(self) -> Any:
        return self.aws.client("s3")


def new_publication(aws: EmbeddedAws, indexes: LocalIndexes, folder: Path) -> Publication:
    """A bucket, a key and a secret in the embedded AWS, and nothing published."""
    aws.client("s3").create_bucket(Bucket=_BUCKET)
    key = aws.client("kms").create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    aws.client("secretsmanager").create_secret(
        Name=_SECRET,
        SecretString=json.dumps({"username": USER, "password": indexes.password}),
    )
    return Publication(aws=aws, indexes=indexes, key=key["KeyMetadata"]["Arn"], folder=folder)
