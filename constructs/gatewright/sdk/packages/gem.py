"""A Ruby gem, made without Ruby: a tar of a specification in YAML, the files, and checksums.

The format is that of RubyGems' own `Gem::Package` (guides.rubygems.org, "Specification Reference").
"""

import json
import re
from hashlib import sha256, sha512
from pathlib import Path

from gatewright.sdk.packages.archives import Member, gzipped, members_below, tar
from gatewright.sdk.packages.sources import Sources

_FILES = ("lib/", "docs/", "README.md", "CHANGELOG.md")
_DEPENDENCY = re.compile(r'add_runtime_dependency ("[^"]+"(?:, "[^"]+")+)')
# The literals of our gemspec are those of JSON.
_LITERAL = r'"(?:[^"\\]|\\.)*"'
_TEXT = re.compile(rf"s\.(\w+) = ({_LITERAL})")
_AUTHOR = re.compile(rf"s\.authors = \[({_LITERAL})\]")
# The oldest day that RubyGems takes for one without a time (SOURCE_DATE_EPOCH, its own default).
_DATE = "1980-01-02 00:00:00.000000000 Z"


def build_gem(sources: Sources, packages: Path) -> None:
    """Write ``gatewright_foods_v2-2.0.0.gem`` from the generated gemspec."""
    members = [one for one in members_below(sources.folder) if one[0].startswith(_FILES)]
    gemspec = (sources.folder / f"{sources.names.python}.gemspec").read_text(encoding="utf-8")
    metadata = gzipped(specification(gemspec, [name for name, _ in members]).encode())
    data = gzipped(tar(members))
    parts: list[Member] = [("metadata.gz", metadata), ("data.tar.gz", data)]
    checksums = gzipped(_checksums(parts).encode())
    file = packages / f"{sources.names.python}-{sources.names.version}.gem"
    file.write_bytes(tar([*parts, ("checksums.yaml.gz", checksums)]))


def specification(gemspec: str, files: list[str]) -> str:
    """The YAML of ``Gem::Specification`` that stands for a gemspec of ours."""
    texts = {name: json.loads(text) for name, text in _TEXT.findall(gemspec)}
    author = _AUTHOR.search(gemspec)
    lines = [
        "--- !ruby/object:Gem::Specification",
        f"name: {json.dumps(texts['name'])}",
        f"version: {_version(texts['version'], '')}",
        "platform: ruby",
        f"authors:\n- {author[1] if author else json.dumps('')}",
        "bindir: bin\ncert_chain: []",
        f"date: {_DATE}",
        "dependencies:",
        *(_dependency(found) for found in _DEPENDENCY.findall(gemspec)),
        "executables: []\nextensions: []\nextra_rdoc_files: []\nfiles:",
        *(f"- {json.dumps(name)}" for name in files),
        "licenses: []\nmetadata: {}\nrdoc_options: []\nrequire_paths:\n- lib",
        f"required_ruby_version: {_requirement([texts['required_ruby_version']], '')}",
        f"required_rubygems_version: {_requirement(['>= 0'], '')}",
        "requirements: []\nrubygems_version: 3.0.0\nspecification_version: 4",
        f"summary: {json.dumps(texts['summary'], ensure_ascii=False)}",
        "test_files: []",
    ]
    return "\n".join(lines) + "\n"


def _dependency(words: str) -> str:
    name, *requirements = re.findall(r'"([^"]+)"', words)
    needed = _requirement(requirements, "  ")
    return (
        f"- !ruby/object:Gem::Dependency\n  name: {json.dumps(name)}\n  requirement: {needed}\n"
        f"  type: :runtime\n  prerelease: false\n  version_requirements: {needed}"
    )


def _requirement(requirements: list[str], indent: str) -> str:
    lines = [f"!ruby/object:Gem::Requirement\n{indent}  requirements:"]
    for requirement in requirements:
        sign, version = requirement.split()
        lines.append(f'{indent}  - - "{sign}"\n{indent}    - {_version(version, indent + "    ")}')
    return "\n".join(lines)


def _version(version: str, indent: str) -> str:
    return f"!ruby/object:Gem::Version\n{indent}  version: {json.dumps(version)}"


def _checksums(parts: list[Member]) -> str:
    lines = ["---"]
    for name, digest in (("SHA256", sha256), ("SHA512", sha512)):
        lines.append(f"{name}:")
        lines += [f"  {part}: {digest(content).hexdigest()}" for part, content in parts]
    return "\n".join(lines) + "\n"
