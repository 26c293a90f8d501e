"""Synthesises the platform that platform.yaml describes. Run by the CDK CLI."""

import gc
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

from gatewright.bundling import BundlingError
from gatewright.config import ConfigError, Platform, load_platform
from gatewright.contract import Contract, ContractError
from stacks.contracts import read_contracts

ROOT = Path(__file__).parent


def main() -> None:
    """Build every stack, or say in one report what is wrong and write nothing."""
    # It ends before garbage fills the memory; to look for it is a tenth of the time.
    gc.disable()
    try:
        # The CDK waits for Node to start and load: enough time to read the contracts.
        with ThreadPoolExecutor(max_workers=1) as background:
            background.submit(import_module, "stacks.platform")
            platform = load_platform(ROOT / "platform.yaml")
            contracts = read_contracts(platform, ROOT)
        _synthesise(platform, contracts)
    except (ConfigError, ContractError, BundlingError) as error:
        sys.exit(f"\n{error}\n")


def _synthesise(platform: Platform, contracts: Mapping[str, Contract]) -> None:
    from stacks.app import new_app
    from stacks.platform import add_platform

    app = new_app()
    add_platform(app, platform, ROOT, contracts)
    app.synth()


if __name__ == "__main__":
    main()
