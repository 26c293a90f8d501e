"""Text that looks like a number is text when it is read again, by YAML 1.1 and by 1.2."""

from pathlib import Path

import pytest
import yaml

from gatewright.config.promotions import Promotion, read_promotions, write_promotions
from gatewright.yaml12 import CoreSchemaDumper, CoreSchemaLoader

# A deployment's id is any of these: letters a to z and digits, in any order.
LIKE_NUMBERS = ["12e34567", "01234589", "1234567890", "0x1234", "0o17", "1e5", "null", "true", "no"]


@pytest.mark.parametrize("text", [*LIKE_NUMBERS, "a1b2c3", "<<", "~", "2026-01-01", "1:30", ".5"])
def test_text_is_read_again_as_text(text: str) -> None:
    written = yaml.dump({"id": text}, Dumper=CoreSchemaDumper)
    assert yaml.safe_load(written) == {"id": text}
    assert yaml.load(written, Loader=CoreSchemaLoader) == {"id": text}  # noqa: S506 - a safe one


@pytest.mark.parametrize("value", [12, -3, 1.5, 2e300, True, None, ["a", 1], {"b": False}])
def test_other_values_are_read_again_as_they_were(value: object) -> None:
    written = yaml.dump(value, Dumper=CoreSchemaDumper)
    assert yaml.safe_load(written) == value
    assert yaml.load(written, Loader=CoreSchemaLoader) == value  # noqa: S506 - a safe one


@pytest.mark.parametrize("deployment", LIKE_NUMBERS)
def test_a_promotion_is_read_again_whatever_its_deployment_is_called(
    tmp_path: Path, deployment: str
) -> None:
    promoted = {"news-v1": {"beta": Promotion(deployment=deployment, alias="r-0123456789-1")}}
    write_promotions(tmp_path / "releases" / "local.yaml", promoted)
    assert read_promotions(tmp_path / "releases" / "local.yaml") == promoted
