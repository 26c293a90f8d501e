"""Clean environments with the published clients in them, as their callers have them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from local.cdk_cli import ROOT
from tests.sdk.published.publication import Publication

PROGRAMS = Path(__file__).parent / "programs"
_SDK = ROOT / ".gatewright" / "sdk"
_VERSIONS = {"foods-v1": "1.0.0", "foods-v2": "2.0.0"}
# What callers have of Node, without the types that another registry has.
_NODE_TYPES = "declare const process: { env: Record<string, string | undefined> };\n"


@dataclass(frozen=True, kw_only=True)
class Toolchain:
    """An environment in ``folder``. A program is compiled and run by the ``commands`` in turn,
    in which `{file}` and `{stem}` are its name and its name without the ending.

    The last command runs it; ``ending`` is that of programs, and ``variables`` are for all.
    """

    folder: Path
    ending: str
    commands: tuple[tuple[str, ...], ...]
    variables: Mapping[str, str]

    def run(self, stem: str, text: str, variables: Mapping[str, str]) -> str:
        """What the program with that text prints."""
        file = self.folder / f"{stem}{self.ending}"
        file.write_text(text)
        said = ""
        for command in self.commands:
            told = [word.format(file=file.name, stem=stem) for word in command]
            said = run(told, self.folder, {**self.variables, **variables})
        return said


def run(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> str:
    """What a command prints. Fails the test with all that it said."""
    ended = subprocess.run(
        list(command),
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, f"{command}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


def python(publication: Publication, folder: Path) -> Toolchain:
    """A virtual environment, installed from the Python index; mypy checks programs strictly."""
    run([sys.executable, "-m", "venv", "--without-pip", "venv"], folder, {})
    program = folder / "venv" / "bin" / "python"
    wanted = [f"gatewright-{api}=={version}" for api, version in _VERSIONS.items()]
    index = f"{publication.indexes.pypi}/simple/"
    install = ["uv", "pip", "install", "--quiet", "--python", str(program), "--index", index]
    run([*install, "--no-cache-dir", *wanted], folder, {"VIRTUAL_ENV": ""})
    checked = ("mypy", "--strict", "--no-incremental", "--python-executable", str(program))
    return Toolchain(
        folder=folder,
        ending=".py",
        commands=((*checked, "{file}"), (str(program), "{file}")),
        variables={},
    )


def typescript(publication: Publication, folder: Path) -> Toolchain:
    """A module installed from the registry, which the TypeScript compiler checks strictly."""
    _npm_install(publication, folder, "module", "")
    (folder / "node.d.ts").write_text(_NODE_TYPES)
    compiler = next(_SDK.glob("node_modules/@typescript/typescript-*/lib/tsc"))
    options = ("--strict", "--target", "es2022", "--module", "nodenext", "--types", "")
    return Toolchain(
        folder=folder,
        ending=".ts",
        commands=((str(compiler), *options, "node.d.ts", "{file}"), ("node", "{stem}.js")),
        variables={},
    )


def javascript(publication: Publication, folder: Path) -> Toolchain:
    """A package installed from the registry; what it depends on comes from npm's own."""
    _npm_install(publication, folder, "commonjs", "-javascript")
    return Toolchain(folder=folder, ending=".cjs", commands=(("node", "{file}"),), variables={})


def java(publication: Publication, folder: Path) -> Toolchain:
    """The jars of the Maven repository, and Jackson out of the generator's own jar."""
    _required("javac", "java")
    jars = [
        publication.indexes.maven / "gatewright" / api / version / f"{api}-{version}.jar"
        for api, version in _VERSIONS.items()
    ]
    generator = next(_SDK.glob("lib/python*/site-packages/openapi_generator_cli/*.jar"))
    path = os.pathsep.join(map(str, [folder, *jars, generator]))
    return Toolchain(
        folder=folder,
        ending=".java",
        commands=(("javac", "-cp", path, "{file}"), ("java", "-cp", path, "{stem}")),
        variables={},
    )


def ruby(publication: Publication, folder: Path) -> Toolchain:
    """The gems of the bucket; Typhoeus is the machine's."""
    _required("ruby", "gem")
    found = subprocess.run(["ruby", "-e", 'require "typhoeus"'], capture_output=True, check=False)  # noqa: S607
    if found.returncode:
        pytest.skip("Ruby has no typhoeus on this machine")
    for api, version in _VERSIONS.items():
        name = f"gatewright_{api.replace('-', '_')}-{version}.gem"
        (folder / name).write_bytes(publication.read(f"sdks/{api}/{version}/ruby/{name}"))
        install = ["gem", "install", "--local", "--ignore-dependencies", "--no-document"]
        run([*install, "--install-dir", str(folder / "gems"), name], folder, {})
    return Toolchain(
        folder=folder,
        ending=".rb",
        commands=(("ruby", "{file}"),),
        variables={"GEM_PATH": os.pathsep.join([str(folder / "gems"), *_gem_folders()])},
    )


def _gem_folders() -> Iterator[str]:
    said = run(["gem", "environment", "gempath"], Path.cwd(), {})
    yield from said.strip().split(os.pathsep)


def _npm_install(publication: Publication, folder: Path, kind: str, suffix: str) -> None:
    (folder / "package.json").write_text(f'{{"private": true, "type": "{kind}"}}')
    (folder / ".npmrc").write_text(f"@gatewright:registry={publication.indexes.npm}/\n")
    wanted = [f"@gatewright/{api}{suffix}@{version}" for api, version in _VERSIONS.items()]
    run(["npm", "install", "--silent", "--no-audit", "--no-fund", *wanted], folder, {})


def _required(*programs: str) -> None:
    lacking = [program for program in programs if shutil.which(program) is None]
    if lacking:
        pytest.skip(f"there is no {' and no '.join(lacking)} on this machine")
