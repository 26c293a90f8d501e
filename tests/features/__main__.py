"""Writes the guide's table of features: ``python -m tests.features``."""

from tests.features.marks import TESTS, proofs
from tests.features.page import GUIDE, page

if __name__ == "__main__":
    (TESTS.parent / GUIDE).write_text(page(proofs()))
    print(GUIDE)
