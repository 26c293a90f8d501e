"""The process environment of a build: this machine's, the embedded AWS's and CodeBuild's.

https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
"""

import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from local.rehearsal.actions import ActionContext
from local.rehearsal.actions.build_tools import BuildTools

# What a program needs of this machine. All else stays outside: a surrounding make, pytest or
# virtual environment is none of the build's business.
_KEPT = frozenset(
    {
        *("HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR"),
        *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
        *("NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"),
        *("http_proxy", "https_proxy", "all_proxy"),
    }
)
_KEPT_PREFIXES = ("LC_", "PIP_", "UV_", "XDG_", "JSII_", "npm_config_", "NPM_CONFIG_")
_NPM = {"npm_config_audit": "false", "npm_config_fund": "false"}


@dataclass(frozen=True, kw_only=True)
class Build:
    """One build of a project; ``sources`` are its folders by artifact, ``primary`` one of them."""

    project: Mapping[str, Any]
    identity: str
    sources: Mapping[str, Path]
    primary: str

    @property
    def source(self) -> Path:
        """Where it runs."""
        return self.sources[self.primary]


def build_environment(
    build: Build,
    context: ActionContext,
    tools: BuildTools,
    given: Mapping[str, str],
    extra: Mapping[str, str],
) -> dict[str, str]:
    """All variables of the build. ``given`` are those of project and action, ``extra`` wins."""
    return {
        **_of_this_machine(tools),
        **_of_the_embedded_aws(context),
        **_of_codebuild(build, context),
        # A folder above may be a repository; the build's source is none.
        "GIT_CEILING_DIRECTORIES": str(build.source.parent),
        **given,
        **extra,
    }


def _of_this_machine(tools: BuildTools) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT or name.startswith(_KEPT_PREFIXES)
    }
    path = [str(tools.npm_prefix / "bin"), str(tools.programs), *_path()]
    prefix = {"npm_config_prefix": str(tools.npm_prefix)}
    return {**kept, **_NPM, **prefix, "PATH": os.pathsep.join(path)}


def _path() -> list[str]:
    """PATH without what belongs to the environment that the rehearsal itself runs in."""
    own = Path(sys.prefix) if sys.prefix != sys.base_prefix else None
    return [
        entry
        for entry in os.environ.get("PATH", os.defpath).split(os.pathsep)
        if entry and Path(entry).parent != own and not entry.endswith("node_modules/.bin")
    ]


def _of_the_embedded_aws(context: ActionContext) -> dict[str, str]:
    there = replace(context.aws, account=context.account, region=context.region)
    names = ("NO_PROXY", "no_proxy")
    variables = there.variables()
    return {
        name: value for name, value in variables.items() if name.startswith("AWS_") or name in names
    }


def _of_codebuild(build: Build, context: ActionContext) -> dict[str, str]:
    name = build.project["name"]
    where = f"{context.region}:{context.account}"
    location = context.locations.get(build.primary)
    others = {
        f"CODEBUILD_SRC_DIR_{artifact}": str(folder)
        for artifact, folder in build.sources.items()
        if artifact != build.primary
    }
    return {
        "CODEBUILD_BUILD_ARN": f"arn:aws:codebuild:{where}:build/{name}:{build.identity}",
        "CODEBUILD_BUILD_ID": f"{name}:{build.identity}",
        "CODEBUILD_BUILD_IMAGE": build.project.get("environment", {}).get("image", ""),
        "CODEBUILD_BUILD_SUCCEEDING": "1",
        "CODEBUILD_CI": "true",
        "CODEBUILD_INITIATOR": f"codepipeline/{context.pipeline}",
        "CODEBUILD_KMS_KEY_ID": build.project.get("encryptionKey", ""),
        "CODEBUILD_LOG_PATH": build.identity,
        "CODEBUILD_RESOLVED_SOURCE_VERSION": context.execution.revision,
        "CODEBUILD_SOURCE_VERSION": (
            f"arn:aws:s3:::{location.bucket}/{location.key}" if location else ""
        ),
        "CODEBUILD_SRC_DIR": str(build.source),
        "CODEBUILD_START_TIME": str(int(time.time() * 1000)),
        **others,
    }
