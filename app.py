"""Synthesises the platform that platform.yaml describes. Run by the CDK CLI."""

import sys
from pathlib import Path

from gatewright.bundling import BundlingError
from gatewright.config import ConfigError, load_platform
from gatewright.contract import ContractError
from stacks.app import new_app
from stacks.platform import add_platform

ROOT = Path(__file__).parent


def main() -> None:
    """Build every stack, or say in one report what is wrong and write nothing."""
    try:
        platform = load_platform(ROOT / "platform.yaml")
        app = new_app()
        add_platform(app, platform, ROOT)
    except (ConfigError, ContractError, BundlingError) as error:
        sys.exit(f"\n{error}\n")
    app.synth()


if __name__ == "__main__":
    main()
