"""The guide's table of features is what the tests say."""

from tests.features.catalogue import CATALOGUE, FEATURES
from tests.features.marks import TESTS, Proof, proofs
from tests.features.page import GUIDE, page


def test_the_guide_is_generated_from_the_tests() -> None:
    current = (TESTS.parent / GUIDE).read_text()
    assert current == page(proofs()), "run python -m tests.features"


def test_every_mark_names_a_feature() -> None:
    assert {proof.feature for proof in proofs()} <= FEATURES


def test_a_feature_is_in_one_group() -> None:
    assert sum(len(names) for names in CATALOGUE.values()) == len(FEATURES)


def test_what_is_seen_on_the_embedded_aws_is_worth_more() -> None:
    found = [
        Proof("CORS", "template only", "tests/templates/test_a.py::test_a"),
        Proof("CORS", "embedded AWS", "tests/local/test_b.py::test_b"),
    ]
    text = page(found)
    assert "| CORS | embedded AWS | [test_b](../../tests/local/test_b.py) |" in text
    assert "| API key | not yet | |" in text
