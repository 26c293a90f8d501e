"""What a run is told on its command line."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gatewright.sdk.languages import LANGUAGES


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``documents`` is the folder of ``<api>.json``, ``target`` what is written anew.

    ``languages`` are names, none for all; ``changelogs`` files called ``<api>.md``; ``group`` the
    group of the Maven packages, by default the project. ``complete`` makes an error of a package
    that cannot be made here.
    """

    documents: Path
    target: Path
    project: str
    languages: tuple[str, ...]
    changelogs: tuple[Path, ...]
    group: str
    complete: bool = False


def read_settings(arguments: Sequence[str] | None) -> Settings:
    """Read the command line; `--help` and mistakes end the program, as argparse does it."""
    found = vars(_parser().parse_args(arguments))
    return Settings(
        **{
            **found,
            "languages": tuple(found["languages"]),
            "changelogs": tuple(found["changelogs"]),
        }
    )


def _parser() -> argparse.ArgumentParser:
    names = ", ".join(one.name for one in LANGUAGES)
    parser = argparse.ArgumentParser(
        prog="python -m gatewright.sdk",
        description="Generates clients of every API in eight languages, and their packages. The "
        "target is replaced as a whole when all of them are made, and not before.",
    )
    add = parser.add_argument
    add("documents", type=Path, help="the folder of the public documents, <api>.json")
    add("target", type=Path, help="the folder that is written: <api>/<language>, <api>/packages")
    add("--project", required=True, help="the project of platform.yaml, in every package's name")
    add(
        "--language",
        dest="languages",
        metavar="NAME",
        nargs="+",
        default=[],
        help=f"only these: {names}",
    )
    add(
        "--changelog",
        dest="changelogs",
        type=Path,
        metavar="FILE",
        nargs="+",
        default=[],
        help="the changelog of an API, Markdown, called <api>.md; default: of a first release",
    )
    add("--maven-group", dest="group", default="", help="default: the project")
    add(
        "--complete",
        action="store_true",
        help="fail where a package cannot be made on this machine",
    )
    return parser
