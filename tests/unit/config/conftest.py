"""A small valid platform file, and ways to load changed copies of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gatewright.config import ConfigError, load_platform

VALID = """\
project: shop
tags: {owner: team-a}
environments:
  local:
    account: "000000000000"
    region: us-east-1
    plans: [demo]
    build_for: host
  prod:
    account: "111111111111"
    region: eu-central-1
    plans: [standard]
    protect: true
    log_retention_days: 365
    mfa: required
services:
  foods:
    title: Foods
    versions:
      v1:
        routes: foods.v1.handler:app
        memory_mb: 512
        timeout_seconds: 10
        cors: {allow_origin: "*"}
  orders:
    versions:
      v2:
        routes: orders.handler:app
plans:
  demo:
    apis: [foods-v1, orders-v2]
    rate: 20
    burst: 40
    quota: {limit: 20000, period: day}
  standard:
    apis: [foods-v1]
    rate: 50
    burst: 100
keys:
  demo: {plans: [demo]}
  stopped: {plans: [demo], enabled: false}
"""

Edit = tuple[str, str]


def edited(*edits: Edit) -> str:
    """Return the valid file with each (old, new) applied to the only place where old stands."""
    text = VALID
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


@pytest.fixture
def platform_file(tmp_path: Path) -> Callable[..., Path]:
    """Write the given text, or bytes, to a platform.yaml of the test's own."""

    def write(content: str | bytes = VALID) -> Path:
        file = tmp_path / "platform.yaml"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return write


@pytest.fixture
def refused(platform_file: Callable[..., Path]) -> Callable[..., ConfigError]:
    """Load a file that must be refused, and return the error."""

    def load(content: str | bytes) -> ConfigError:
        with pytest.raises(ConfigError) as caught:
            load_platform(platform_file(content))
        return caught.value

    return load
