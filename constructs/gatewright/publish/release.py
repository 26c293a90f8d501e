"""Publishing a release, step after step."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gatewright.contract.document import JsonObject
from gatewright.publish.documents import written
from gatewright.publish.indexes.index import Index
from gatewright.publish.indexes.kinds import kind_of
from gatewright.publish.making import Made
from gatewright.publish.names import Names
from gatewright.publish.place import Place
from gatewright.publish.plan import Plan, Planner
from gatewright.publish.signing import PUBLIC_KEY, Signer
from gatewright.publish.try_out.tried import Candidate
from gatewright.publish.version_folder import publish_files

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Tools:
    """What publishing is done with.

    ``make`` generates what plans want, ``try_out`` tries it; ``indexes`` are by kind; ``signer``
    is None where checksums are not signed.
    """

    place: Place
    planner: Planner
    make: Callable[[Sequence[Plan], Say], list[Made]]
    try_out: Callable[[Sequence[Candidate], Say], None]
    indexes: Callable[[], Mapping[str, Index]]
    signer: Signer | None


def publish(documents: Mapping[str, JsonObject], execution: str, tools: Tools, say: Say) -> None:
    """Publish the SDKs of the contracts that changed, then all contracts. Raises PublishError.

    The order makes it safe to run again after any step: nothing is written before everything is
    generated and tried; a version that was begun is remembered before the first index has it; and
    a contract counts as published, by `openapi/latest/`, when all its packages are.
    """
    plans = [tools.planner.plan(api, document) for api, document in documents.items()]
    for plan in plans:
        _tell(plan, say)
    made = _made(plans, tools, say)
    for plan in plans:
        if plan.languages:
            _publish_sdks(plan, [one for one in made if one.package.api == plan.api], tools, say)
        _publish_contract(plan, execution, tools.place, say)
    for api in sorted(set(tools.planner.published) - set(documents)):
        tools.place.delete(Names(api).latest_contract)
        say(f"{api}: no longer served; its SDKs stay, {Names(api).latest_contract} does not")


def _tell(plan: Plan, say: Say) -> None:
    say(plan.line)
    for change in plan.undeclared:
        say(f"{plan.api} {plan.version}: breaks callers, and nobody wrote it down: {change}")


def _made(plans: Sequence[Plan], tools: Tools, say: Say) -> list[Made]:
    if not any(plan.languages for plan in plans):
        return []
    made = tools.make(plans, say)
    documents = {plan.api: plan.document for plan in plans}
    tools.try_out(
        [Candidate(package=one.package, document=documents[one.package.api]) for one in made], say
    )
    return made


def _publish_sdks(plan: Plan, made: Sequence[Made], tools: Tools, say: Say) -> None:
    names = Names(plan.api)
    begun = {"contract": plan.document, "changelog": plan.changelog}
    tools.place.write(names.begun, _json(begun))
    indexes = tools.indexes()
    for one in made:
        index = indexes.get(kind_of(one.package.language) or "")
        if index:
            said = index.publish(one.package)
            say(f"{plan.api} {plan.version}, {one.package.language}: {said}")
    files = publish_files(plan, made, tools.place, tools.signer)
    signed = "signed" if tools.signer else "not signed, since no key is told"
    say(f"{plan.api} {plan.version}: {len(files)} files below sdks/{plan.api}/, {signed}")
    tools.place.write(names.changelog, plan.changelog.encode())
    if tools.signer:
        tools.place.write(PUBLIC_KEY, tools.signer.public_key())
    languages = [*plan.done, *plan.languages]
    latest = {"version": plan.version, "languages": languages, "packages": files}
    tools.place.write(names.done, _json(latest))


def _publish_contract(plan: Plan, execution: str, place: Place, say: Say) -> None:
    names = Names(plan.api)
    place.write(names.contract_of(execution), written(plan.document))
    place.write(names.latest_contract, written(plan.document))
    say(f"{plan.api} {plan.version}: {names.latest_contract}")


def _json(content: JsonObject) -> bytes:
    return (json.dumps(content, indent=2) + "\n").encode()
