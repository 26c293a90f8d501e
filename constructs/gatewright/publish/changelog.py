"""Changelogs that grow on top."""

TITLE = "# Changelog"


def stacked(section: str, version: str, earlier: str) -> str:
    """The changelog with ``section``, which begins with `## <version>`, above the ``earlier`` one.

    A section of the same version, of a run that stopped halfway, gives way to it.
    """
    heading = f"## {version}"
    kept = [one for one in _sections(earlier) if one.splitlines()[0].strip() != heading]
    return "\n\n".join([TITLE, section.strip(), *(one.strip() for one in kept)]) + "\n"


def _sections(text: str) -> list[str]:
    """The sections of a changelog, without its title."""
    sections: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("## "):
            sections.append([])
        if sections:
            sections[-1].append(line)
    return ["\n".join(lines) for lines in sections]
