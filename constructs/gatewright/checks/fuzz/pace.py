"""What schemathesis loads by itself: the pace of its requests. See its documentation, "Hooks"."""

import os
import time
from typing import Any

import schemathesis

from gatewright.checks.fuzz.settings import RATE_VARIABLE
from gatewright.checks.http import Pace

_PACE = Pace(float(os.environ[RATE_VARIABLE]))


@schemathesis.hook
def before_call(_context: Any, _case: Any, _request: dict[str, Any]) -> None:
    """Wait for the next turn. schemathesis's own limit would not go with trying again."""
    time.sleep(_PACE.delay())
