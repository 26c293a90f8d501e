"""One deployed platform for all tests of a session."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import BotoCoreError, ClientError

from gatewright.config import Platform, UnknownEnvironmentError, load_platform
from gatewright.operations.deployed import NotDeployedError, read_deployed
from local.cdk_cli import ROOT
from local.embedded_aws import EmbeddedAws
from local.outputs import local_token_url, local_url
from local.progress import Progress
from local.server_process import running, stop
from local.up import ENVIRONMENT, FOLDER, embedded_aws, up
from stacks.contracts import read_contracts
from tests.described.platform import described_platform
from tests.issuer import Issuer, serving_issuer
from tests.local.changed_platform import deploy
from tests.local.http_endpoint import http_endpoint
from tests.local.showcase import deployable_showcase
from tests.local.target import ServedUrls, Target


@pytest.fixture(scope="session")
def platform() -> Platform:
    return load_platform(ROOT / "platform.yaml")


@pytest.fixture(scope="session")
def own_aws(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedAws]:
    """An embedded AWS of the tests' own, deployed to by the code of `make up`."""
    aws = new_aws(platform, tmp_path_factory.mktemp("embedded-aws"))
    try:
        up(Progress(), aws)
        yield aws
    finally:
        stop(aws.folder)


@pytest.fixture
def fresh_aws(platform: Platform, tmp_path: Path) -> Iterator[EmbeddedAws]:
    """An embedded AWS for one test, which starts it."""
    aws = new_aws(platform, tmp_path / "embedded-aws")
    yield aws
    stop(aws.folder)


def new_aws(platform: Platform, folder: Path) -> EmbeddedAws:
    """An embedded AWS on a free port, not started yet."""
    environment = platform.environment(ENVIRONMENT)
    return EmbeddedAws(
        port=_free_port(),
        account=environment.account,
        region=environment.region,
        folder=folder,
    )


@pytest.fixture(scope="session")
def target(request: pytest.FixtureRequest, platform: Platform) -> Target:
    """What the HTTP suite calls: by default the tests' own embedded AWS."""
    name = request.config.getoption("--environment")
    try:
        found = _target(request, platform, name)
        retired = frozenset(api.api_name for api in platform.apis if api.retired)
        return replace(found, urls=ServedUrls(found.urls, retired=retired)) if retired else found
    except (UnknownEnvironmentError, NotDeployedError, BotoCoreError, ClientError) as error:
        pytest.exit(f"Environment {name} cannot be tested: {error}", returncode=1)


def _target(request: pytest.FixtureRequest, platform: Platform, name: str | None) -> Target:
    if name is None:
        return embedded_target(platform, request.getfixturevalue("own_aws"))
    if name == ENVIRONMENT:
        aws = embedded_aws(platform.environment(name), FOLDER)
        if running(FOLDER) is None:
            pytest.exit("The embedded AWS does not run. Start it with `make up`.", returncode=1)
        return embedded_target(platform, aws)
    return _on_aws(platform, name)


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """The host and port of an HTTP endpoint that is no part of the platform."""
    with http_endpoint() as host:
        yield host


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    """Whose tokens the showcase takes."""
    with serving_issuer() as issuer:
        yield issuer


@pytest.fixture(scope="session")
def showcase(
    own_aws: EmbeddedAws, endpoint: str, issuer: Issuer, tmp_path_factory: pytest.TempPathFactory
) -> Target:
    """The showcase, deployed beside the platform."""
    root = tmp_path_factory.mktemp("showcase") / "platform"
    deployable_showcase(root, endpoint=endpoint, issuer=issuer.url)
    deploy(own_aws, root)
    return embedded_target(load_platform(root / "platform.yaml"), own_aws, root)


@pytest.fixture(scope="session")
def described(own_aws: EmbeddedAws, tmp_path_factory: pytest.TempPathFactory) -> Target:
    """Ten public descriptions, deployed beside the platform over a backend that validates."""
    root = described_platform(tmp_path_factory.mktemp("described") / "platform")
    deploy(own_aws, root)
    return embedded_target(load_platform(root / "platform.yaml"), own_aws, root)


def embedded_target(platform: Platform, aws: EmbeddedAws, root: Path = ROOT) -> Target:
    """The local environment of ``platform``, whose services are in ``root``."""
    environment = platform.environment(ENVIRONMENT)
    deployed = read_deployed(platform, environment, aws.client("cloudformation"))
    return Target(
        platform=platform,
        deployed=deployed,
        urls={name: local_url(aws, api) for name, api in deployed.apis.items()},
        token_url=local_token_url(aws),
        contracts=read_contracts(platform, root),
        client=aws.client,
        stack_names=_stack_names(platform, environment.name),
        origins={api.api_name: api.allow_origin for api in platform.apis},
        embedded=True,
    )


def _on_aws(platform: Platform, name: str) -> Target:
    environment = platform.environment(name)
    session = boto3.Session(region_name=environment.region)
    deployed = read_deployed(platform, environment, session.client("cloudformation"))
    return Target(
        platform=platform,
        deployed=deployed,
        urls={api.name: api.url for api in deployed.apis.values()},
        token_url=deployed.token_url,
        contracts=read_contracts(platform, ROOT),
        client=lambda service: session.client(service),  # type: ignore[call-overload]
        stack_names=_stack_names(platform, environment.name),
        origins={api.api_name: api.allow_origin for api in platform.apis},
        embedded=False,
    )


def _stack_names(platform: Platform, environment: str) -> dict[str, str]:
    prefix = f"{platform.project}-{environment}"
    return {api.api_name: f"{prefix}-{api.api_name}" for api in platform.apis}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
