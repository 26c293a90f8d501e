"""Synthesises the platform that platform.yaml describes. Run by the CDK CLI.

`python app.py` makes everything, `python app.py local prod` these environments alone.
"""

import gc
import sys
from importlib import import_module
from pathlib import Path
from threading import Thread

from stacks.forked import EndedError
from stacks.kept_contracts import contracts_of

ROOT = Path(__file__).parent


def main() -> None:
    """Build every stack, or say in one report what is wrong and write nothing."""
    # It ends before garbage fills the memory; to look for it is a tenth of the time.
    gc.disable()
    # Three things at once. A process of their own imports the services, if they have changed; it is
    # forked here, where nothing is loaded yet. A thread waits for Node to start and load the CDK.
    contracts = contracts_of(ROOT)
    cdk = Thread(target=import_module, args=("aws_cdk.aws_lambda",))
    cdk.start()

    from gatewright.bundling import BundlingError
    from gatewright.config import ConfigError, UnknownEnvironmentError, load_platform
    from gatewright.contract import ContractError
    from stacks.past_sunsets import warn_of_past_sunsets

    expected = (ConfigError, UnknownEnvironmentError, ContractError, BundlingError, EndedError)
    try:
        platform = load_platform(ROOT / "platform.yaml")
        warn_of_past_sunsets(platform)
        if names := sys.argv[1:]:
            platform = platform.only(*names)
        cdk.join()

        from stacks.app import new_app
        from stacks.platform import add_platform

        app = new_app()
        add_platform(app, platform, ROOT, contracts)
        app.synth()
    except expected as error:
        sys.exit(f"\n{error}\n")
    # The interpreter looks for garbage once more on its way out (0.15 s), unless there is none.
    gc.freeze()


if __name__ == "__main__":
    main()
