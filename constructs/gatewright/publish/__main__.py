"""`python -m gatewright.publish`."""

import sys
from collections.abc import Mapping, Sequence
from functools import cache, partial

from gatewright.publish.aws import aws_client
from gatewright.publish.documents import read_documents
from gatewright.publish.errors import PublishError
from gatewright.publish.indexes.index import Index
from gatewright.publish.indexes.opened import open_indexes
from gatewright.publish.judging import judge_with
from gatewright.publish.making import make
from gatewright.publish.place import place_at
from gatewright.publish.plan import Planner
from gatewright.publish.published import LATEST, PublishedError, read_published
from gatewright.publish.release import Tools, publish
from gatewright.publish.settings import Settings, read_settings
from gatewright.publish.signing import KmsSigner, Signer
from gatewright.publish.try_out.trying import try_all


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: it ends with 1, and what to do, where a step failed."""
    settings = read_settings(arguments)
    try:
        documents = read_documents(settings.documents)
        publish(documents, settings.execution, tools_for(settings), _say)
    except (PublishError, PublishedError) as error:
        sys.exit(f"\n{error}\n")


def tools_for(settings: Settings) -> Tools:
    """What the settings name, opened. Raises PublishError and PublishedError."""
    place = place_at(settings.to)
    return Tools(
        place=place,
        planner=Planner(
            place=place,
            published=read_published(f"{settings.to}/{LATEST}"),
            languages=settings.languages,
            judge=judge_with(read_documents(settings.documents), settings.declared),
        ),
        # An index of Maven takes no Java client without its jar; a bucket does, and it is told.
        make=partial(make, settings.project, settings.work, complete=_takes_jars(settings)),
        try_out=try_all,
        # Opened once, and only when there is something to publish: tokens end.
        indexes=cache(partial(_indexes, settings)),
        signer=_signer(settings),
    )


def _indexes(settings: Settings) -> Mapping[str, Index]:
    return open_indexes(settings, aws_client)


def _signer(settings: Settings) -> Signer | None:
    key = settings.signing_key
    return KmsSigner(key, aws_client("kms")) if key else None


def _takes_jars(settings: Settings) -> bool:
    return settings.codeartifact is not None or "maven" in settings.indexes


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
