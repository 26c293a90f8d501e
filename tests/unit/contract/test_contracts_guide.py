"""The reports in docs/guides/contracts.md are those of the route it shows."""

import re
from pathlib import Path

from tests.unit.contract.services import Service

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "contracts.md").read_text()


def test_the_guides_route_is_refused_as_it_says(service: Service) -> None:
    [route] = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    by_hand, alternatives = re.findall(r"```text\n(.*?)```", GUIDE, re.DOTALL)
    assert str(service.write(route).refusal()) == by_hand.strip()
    mended = route.replace('json_schema_extra={"maximum": 100}', "le=100")
    assert str(service.write(mended).refusal()) == alternatives.strip()
