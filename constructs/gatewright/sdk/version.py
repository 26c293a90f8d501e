"""The version of a client: what its document says, if that is a semantic version."""

import re

from gatewright.sdk.errors import SdkError

# Without pre-release and build: Maven, PyPI and RubyGems spell those in different ways.
_SEMANTIC = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")
_NAME = re.compile(r"v([1-9][0-9]*)")


def client_version(version: object, where: str) -> str:
    """The ``info.version`` of a document, as ``<major>.<minor>.<patch>`` (semver.org, 2.0.0).

    ``v2``, the name of an API version, is ``2.0.0``. ``where`` names the document in errors. Raises
    SdkError for anything else.
    """
    text = str(version)
    if _SEMANTIC.fullmatch(text):
        return text
    if name := _NAME.fullmatch(text):
        return f"{name[1]}.0.0"
    raise SdkError(
        f"{where}: info.version is {version!r}, and a client needs a semantic version",
        'write <major>.<minor>.<patch> there, "1.2.0" for example, or v1',
    )
