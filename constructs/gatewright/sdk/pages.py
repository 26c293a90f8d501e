"""The README and the changelog of each client, from templates in ``pages/``."""

import json
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gatewright.sdk.packages.sources import Sources
from gatewright.sdk.readme_call import readme_call
from gatewright.sdk.schemes import schemes_of

_PAGES = Path(__file__).parent / "pages"
_FIRST = "# Changelog\n\n## {version}\n\nThe first release.\n"


def write_pages(sources: Sources, changelog: str | None) -> None:
    """Write README.md and CHANGELOG.md. ``changelog`` is Markdown, None for a first release."""
    text = changelog or _FIRST.format(version=sources.names.version)
    (sources.folder / "CHANGELOG.md").write_text(text.rstrip() + "\n", encoding="utf-8")
    (sources.folder / "README.md").write_text(readme(sources), encoding="utf-8")


def readme(sources: Sources) -> str:
    """The README of one client."""
    document = sources.document
    page = _environment().get_template(f"{sources.language}.md.j2")
    client = sources.client
    call = readme_call(document, client)
    schemes = schemes_of(document.schemes)
    known = [schemes[name] for name in (call.schemes if call else ())]
    text = page.render(
        names=sources.names,
        error_model=_error_model(sources),
        client=client,
        document=document,
        call=call,
        schemes=schemes,
        used=[one for one in known if one.kind not in ("sigv4", "other")],
        basic=any(one.kind == "basic" for one in known),
    )
    # A part that is left out leaves its empty lines.
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _error_model(sources: Sources) -> str:
    """The class of the error model, if it has a message to show; the pages add the prefix."""
    if not sources.document.error_has_message:
        return ""
    found = sources.client.model(sources.names.error_model)
    return found.removeprefix(sources.names.prefix) if sources.language == "objc" else found


def _environment() -> Environment:
    # Markdown, so nothing is escaped.
    environment = Environment(  # noqa: S701
        loader=FileSystemLoader(_PAGES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(capital=_capital, literal=json.dumps, python=repr, objc=_objc)
    return environment


def _capital(name: str) -> str:
    bare = name.lstrip("_")
    return bare[:1].upper() + bare[1:]


def _objc(value: Any) -> str:
    return f"@{json.dumps(value)}"
