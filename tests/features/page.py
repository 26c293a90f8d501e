"""The guide's table of features."""

from collections.abc import Iterator

from tests.features.catalogue import CATALOGUE
from tests.features.marks import PLACES, Proof

GUIDE = "docs/guides/features.md"

_HEAD = """\
# What is offered, and what has been seen to work

Generated from the tests (`python -m tests.features`). **Embedded AWS**: deployed there and called
over HTTP by the test. **Template only**: what the embedded AWS has not; the test asserts the
template, which cfn-lint checks against the CloudFormation schema. Nothing here has been deployed to
AWS by the tests.
"""


def page(proofs: list[Proof]) -> str:
    """The whole guide."""
    return _HEAD + "".join(
        f"\n## {group}\n\n| feature | seen on | test |\n|---|---|---|\n"
        + "".join(_row(name, proofs) for name in names)
        for group, names in CATALOGUE.items()
    )


def _row(feature: str, proofs: list[Proof]) -> str:
    found = [proof for proof in proofs if proof.feature == feature]
    if not found:
        return f"| {feature} | not yet | |\n"
    place = next(place for place in PLACES.values() if place in {proof.place for proof in found})
    return f"| {feature} | {place} | {'<br>'.join(_links(found, place))} |\n"


def _links(proofs: list[Proof], place: str) -> Iterator[str]:
    for proof in proofs:
        if proof.place == place:
            file, _, test = proof.test.partition("::")
            yield f"[{test}](../../{file})"
