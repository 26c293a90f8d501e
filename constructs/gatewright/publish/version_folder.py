"""The folder of one version: packages, checksums, signature, changelog and contract."""

from collections.abc import Sequence

from gatewright.publish.documents import written
from gatewright.publish.making import Made
from gatewright.publish.names import Names
from gatewright.publish.place import Place
from gatewright.publish.plan import Plan
from gatewright.publish.signing import (
    PUBLIC_KEY,
    SIGNATURE,
    SUMS,
    Signer,
    checksums,
    read_checksums,
)


def publish_files(
    plan: Plan, made: Sequence[Made], place: Place, signer: Signer | None
) -> list[str]:
    """Write the version's files, its checksums after them. Returns the packages' names in it.

    Files of languages that were published before stay, and their checksums with them.
    """
    names = Names(plan.api)
    contents = {
        "CHANGELOG.md": plan.changelog.encode(),
        "contract.json": written(plan.document),
    }
    packages = [file for files in plan.done.values() for file in files]
    for one in made:
        language = one.package.language
        contents[f"{language}/README.md"] = one.readme.read_bytes()
        for file in one.package.files:
            packages.append(f"{language}/{file.name}")
            contents[f"{language}/{file.name}"] = file.read_bytes()
    for name, content in contents.items():
        place.write(names.of(plan.version, name), content)
    sums = checksums(contents, _earlier(plan, place))
    place.write(names.of(plan.version, SUMS), sums)
    if signer:
        place.write(names.of(plan.version, SIGNATURE), signer.sign(sums))
        place.write(names.of(plan.version, PUBLIC_KEY), signer.public_key())
    return packages


def _earlier(plan: Plan, place: Place) -> dict[str, str]:
    """The checksums of the languages that are not made anew."""
    if not plan.done:
        return {}
    there = read_checksums(place.read(Names(plan.api).of(plan.version, SUMS)) or b"")
    return {name: sum_ for name, sum_ in there.items() if name.partition("/")[0] in plan.done}
