"""What `python -m gatewright.publish` is told."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gatewright.nearest import did_you_mean
from gatewright.publish.indexes.kinds import KINDS
from gatewright.sdk.languages import LANGUAGES

_LANGUAGES = tuple(one.name for one in LANGUAGES)
_DOCUMENTS = Path("dist/openapi")
_WORK = Path(".gatewright/publish")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True, kw_only=True)
class Repository:
    """A repository of CodeArtifact; ``owner`` is its domain's account, None for the caller's."""

    domain: str
    name: str
    owner: str | None = None


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A publication.

    ``documents`` is the folder of the public documents, ``to`` a folder or `s3://<bucket>`,
    ``execution`` the release's name there, ``declared`` the file of written-down breaking
    changes. ``signing_key`` is a KMS key that signs checksums, None for none. ``indexes`` are URLs
    by kind, and ``index_secret`` a secret in Secrets Manager with their credentials. ``work`` is a
    folder for what is generated, written anew.
    """

    documents: Path
    project: str
    to: str
    execution: str
    declared: Path | None
    languages: tuple[str, ...]
    signing_key: str | None
    codeartifact: Repository | None
    indexes: dict[str, str]
    index_secret: str | None
    work: Path


def read_settings(arguments: Sequence[str] | None = None) -> Settings:
    """The settings that the command line names. Ends the process where it is wrong."""
    parser = _parser()
    told = parser.parse_args(arguments)
    indexes = {kind: url for kind in KINDS if (url := getattr(told, kind))}
    if told.codeartifact and indexes:
        parser.error("--codeartifact and other indexes: name one of them")
    if told.codeartifact_owner and not told.codeartifact:
        parser.error("--codeartifact-owner: of which repository? Name --codeartifact too")
    return Settings(
        documents=told.documents,
        project=told.project,
        to=told.to,
        execution=told.execution,
        declared=told.declared,
        languages=tuple(dict.fromkeys(told.language)),
        signing_key=told.signing_key,
        codeartifact=_repository(parser, told.codeartifact, told.codeartifact_owner),
        indexes=indexes,
        index_secret=told.index_secret,
        work=told.work,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m gatewright.publish",
        description="Versions, generates, tests and publishes the client SDKs of the contracts "
        "that changed, and then the contracts. Run again, it completes what stopped halfway.",
    )
    add = parser.add_argument
    add("--documents", type=Path, default=_DOCUMENTS, help="the folder of the public documents")
    add("--project", required=True, type=_name, help="as platform.yaml has it")
    add("--to", required=True, type=_place, help="s3://<bucket>, or a folder")
    add("--execution", required=True, type=_execution, help="what to call this release's documents")
    add("--declared", type=Path, help="the file of written-down breaking changes")
    add(
        *("--language",),
        nargs="*",
        type=_language,
        default=list(_LANGUAGES),
        help=f"which of {', '.join(_LANGUAGES)}; without a name, only the contracts are published",
    )
    add("--signing-key", help="a KMS key (ECC_NIST_P256) that signs the checksums")
    add("--codeartifact", metavar="DOMAIN/REPOSITORY", help="where packages go besides")
    add("--codeartifact-owner", metavar="ACCOUNT", help="the domain's account; default: one's own")
    for kind in KINDS:
        add(f"--{kind}", metavar="URL", help=f"another index of {kind} packages")
    add("--index-secret", metavar="NAME", help="a secret in Secrets Manager, for these indexes")
    add("--work", type=Path, default=_WORK, help="a folder for what is generated, written anew")
    return parser


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not letters, digits and _ . - alone")
    return text


def _execution(text: str) -> str:
    if text == "latest":
        raise argparse.ArgumentTypeError("'latest' is where the newest documents are")
    return _name(text)


def _place(text: str) -> str:
    place = text.rstrip("/")
    if not place or place == "s3:" or (":" in place and not place.startswith("s3://")):
        raise argparse.ArgumentTypeError(f"{text!r} is neither s3://<bucket> nor a folder")
    return place


def _language(text: str) -> str:
    if text not in _LANGUAGES:
        hint = did_you_mean(text, _LANGUAGES) or f"known are {', '.join(_LANGUAGES)}"
        raise argparse.ArgumentTypeError(f"unknown language {text!r}: {hint}")
    return text


def _repository(
    parser: argparse.ArgumentParser, text: str | None, owner: str | None
) -> Repository | None:
    if text is None:
        return None
    domain, _, name = text.partition("/")
    if not domain or not name or "/" in name:
        parser.error(f"--codeartifact {text}: write it as <domain>/<repository>")
    return Repository(domain=domain, name=name, owner=owner)
