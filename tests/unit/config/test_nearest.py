"""Names that are nearly right."""

import pytest

from gatewright.nearest import did_you_mean, nearest


@pytest.mark.parametrize(
    ("word", "name"),
    [
        pytest.param("standrad", "standard", id="letters exchanged"),
        pytest.param("STANDARD", "standard", id="another case"),
        pytest.param("mfa", "MFA", id="a name in capitals"),
        pytest.param("gold", None, id="nothing near"),
    ],
)
def test_the_nearest_name(word: str, name: str | None) -> None:
    assert nearest(word, ["demo", "standard", "MFA"]) == name
    assert did_you_mean(word, ["demo", "standard", "MFA"]) == (
        f"did you mean '{name}'?" if name else ""
    )
