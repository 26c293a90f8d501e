"""The one test of the shop."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "lambda_src"))

from shop.v1 import prices


def test_things_cost_what_they_cost_together() -> None:
    assert prices.total(["apple", "pear"]) == 5
