"""Where a release is published to: a bucket, or a folder on a laptop."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from gatewright.publish.aws import aws_client
from gatewright.publish.errors import PublishError

S3 = "s3://"
_TYPES = {".json": "application/json", ".md": "text/markdown; charset=utf-8", ".pem": "text/plain"}


class Place(Protocol):
    """Named contents. A name has slashes, as in `sdks/foods-v1/latest.json`."""

    def read(self, name: str) -> bytes | None:
        """The content, None where there is none."""

    def write(self, name: str, content: bytes) -> None:
        """Replace the content as a whole."""

    def delete(self, name: str) -> None:
        """Remove it, if it is there."""


class Folder:
    """A folder as a place. It is made with the first file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        file = self._folder / name
        with self._told(name):
            return file.read_bytes() if file.exists() else None

    def write(self, name: str, content: bytes) -> None:
        file = self._folder / name
        beside = file.with_name(f".{file.name}.new")
        with self._told(name):
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(content)
            beside.replace(file)

    def delete(self, name: str) -> None:
        with self._told(name):
            (self._folder / name).unlink(missing_ok=True)

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise PublishError(
                f"{self._folder / name}: {error.strerror}. Name a folder with --to that can be "
                "written to."
            ) from None


class Bucket:
    """A bucket, or what is below a prefix of one, as a place. ``s3`` is boto3's client."""

    def __init__(self, url: str, s3: Any) -> None:
        self._bucket, _, prefix = url.removeprefix(S3).partition("/")
        self._prefix = f"{prefix.rstrip('/')}/" if prefix else ""
        self._s3 = s3

    def read(self, name: str) -> bytes | None:
        with self._told("s3:GetObject", name):
            try:
                answer = self._s3.get_object(Bucket=self._bucket, Key=self._prefix + name)
            except self._s3.exceptions.NoSuchKey:
                return None
            content: bytes = answer["Body"].read()
            return content

    def write(self, name: str, content: bytes) -> None:
        with self._told("s3:PutObject", name):
            self._s3.put_object(
                Bucket=self._bucket,
                Key=self._prefix + name,
                Body=content,
                ContentType=_TYPES.get(Path(name).suffix, "application/octet-stream"),
            )

    def delete(self, name: str) -> None:
        with self._told("s3:DeleteObject", name):
            self._s3.delete_object(Bucket=self._bucket, Key=self._prefix + name)

    @contextmanager
    def _told(self, action: str, name: str) -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (BotoCoreError, ClientError) as error:
            raise PublishError(
                f"{S3}{self._bucket}/{self._prefix}{name}: {error}. Look whether the bucket is "
                f"there, and whether who runs this may {action} and use the bucket's key."
            ) from None


def place_at(where: str) -> Place:
    """The place that ``where`` names: `s3://<bucket>`, or a folder."""
    if not where.startswith(S3):
        return Folder(Path(where))
    return Bucket(where, aws_client("s3"))
