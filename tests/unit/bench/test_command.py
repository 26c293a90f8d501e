"""The command line."""

import pytest

from bench.__main__ import MEASUREMENTS, main


def test_help_names_every_measurement(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in MEASUREMENTS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--only", "synth,speed"], "no measurement speed; there are bundles, "),
        (["--runs", "0"], "'0' is not a number of runs"),
        (["--record", "--output", "none.json"], "none.json is not there, or of other versions"),
        (["--runs", "many"], "'many' is not a number of runs"),
    ],
)
def test_a_mistake_is_told_before_anything_runs(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
