"""Synthesises the platform that platform.yaml describes. Run by the CDK CLI."""

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent


def main() -> None:
    """Build every stack, or say in one report what is wrong and write nothing."""
    # It ends before garbage fills the memory; to look for it is a tenth of the time.
    gc.disable()
    # The CDK waits for Node to start and load, which is enough time to read what it is to build.
    cdk = ThreadPoolExecutor(max_workers=1).submit(import_module, "aws_cdk.aws_lambda")

    from gatewright.bundling import BundlingError
    from gatewright.config import ConfigError, load_platform
    from gatewright.contract import ContractError
    from stacks.contracts import read_contracts

    try:
        platform = load_platform(ROOT / "platform.yaml")
        contracts = read_contracts(platform, ROOT)
        cdk.result()

        from stacks.app import new_app
        from stacks.platform import add_platform

        app = new_app()
        add_platform(app, platform, ROOT, contracts)
        app.synth()
    except (ConfigError, ContractError, BundlingError) as error:
        sys.exit(f"\n{error}\n")
    # The interpreter looks for garbage once more on its way out (0.15 s), unless there is none.
    gc.freeze()


if __name__ == "__main__":
    main()
