"""Ten public descriptions, over a backend that answers from the contract, and fuzzed.

The backend refuses what breaks the contract and nothing else, so both ways are checked: what is
bad is refused, and what is good is accepted by the gateway's models, too.
"""

from pathlib import Path

import pytest

from local.embedded_aws import EmbeddedAws
from tests.described.documents import DOCUMENTS
from tests.local.fuzzing import fuzz_some
from tests.local.target import Target

FEW = 3


@pytest.mark.long
@pytest.mark.proves("spec-first contract: OpenAPI 3.0", "spec-first contract: Swagger 2.0")
def test_what_is_answered_fits_the_documents(
    described: Target, own_aws: EmbeddedAws, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert set(described.contracts) == {f"{one.name}-v1" for one in DOCUMENTS}
    fuzzed = fuzz_some(described, own_aws, tmp_path, capfd, "--accepting", few=FEW)
    assert sum(api["requests"] for api in fuzzed.report["apis"].values()) >= 200
