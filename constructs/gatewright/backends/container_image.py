"""The code of a function that is a container image."""

from dataclasses import dataclass

from aws_cdk import aws_lambda as lambda_
from constructs import Construct


@dataclass(frozen=True)
class ContainerImage:
    """``uri`` names an image in ECR by its digest; ``architecture`` is arm64 or x86_64."""

    uri: str
    architecture: str = "arm64"

    @property
    def content_hash(self) -> str:
        """What changes when the image does."""
        return f"{self.uri} {self.architecture}"


class ImageCode(lambda_.Code):
    """An image that is there already: nothing is built, and so no Docker is needed."""

    def __init__(self, image: ContainerImage) -> None:
        super().__init__()
        self._image = image

    @property
    def is_inline(self) -> bool:
        """The code is an image."""
        return False

    def bind(self, scope: Construct) -> lambda_.CodeConfig:  # noqa: ARG002
        """Name the image."""
        return lambda_.CodeConfig(image=lambda_.CodeImageConfig(image_uri=self._image.uri))
