"""Synthesises the platform in this process: the second time on costs a tenth of a second."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml
from aws_cdk import App, Validations

from gatewright.config import load_platform
from stacks.app import new_app
from stacks.platform import add_platform

ROOT = Path(__file__).parents[1]

Template = dict[str, Any]


def synthesise(
    outdir: Path,
    *,
    root: Path = ROOT,
    only: str | None = None,
    plugins: Callable[[App], Sequence[Any]] = lambda _app: (),
) -> dict[str, Template]:
    """The template of every stack, by the stack's name, of the platform in ``root``.

    ``only`` leaves out all environments but one, and the pipeline: that is faster.
    """
    app = new_app(outdir=str(outdir))
    for plugin in plugins(app):
        Validations.of(app).add_plugins(plugin)
    platform = load_platform(root / "platform.yaml")
    add_platform(app, platform.only(only) if only else platform, root)
    app.synth()
    return read_templates(outdir)


def read_templates(outdir: Path) -> dict[str, Template]:
    """The templates of a cloud assembly and of the assemblies inside it."""
    found = {}
    for manifest in sorted(outdir.rglob("manifest.json")):
        artifacts = json.loads(manifest.read_text())["artifacts"]
        for artifact in artifacts.values():
            if artifact["type"] == "aws:cloudformation:stack":
                name = artifact["properties"]["stackName"]
                region = artifact["environment"].removeprefix("aws://").replace("/", "-")
                file = manifest.parent / artifact["properties"]["templateFile"]
                found[f"{region}/{name}"] = json.loads(file.read_text())
    return found


def copied_platform(folder: Path) -> Path:
    """A copy of the platform's own files to change, with what is bundled already."""
    shutil.copytree(ROOT / "lambda_src", folder / "lambda_src")
    shutil.copy(ROOT / "platform.yaml", folder)
    bundles = folder / ".gatewright" / "bundles"
    bundles.mkdir(parents=True)
    for dependencies in (ROOT / ".gatewright" / "bundles").glob("dependencies-*"):
        (bundles / dependencies.name).symlink_to(dependencies)
    return folder


def change_yaml(file: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Load a YAML file, let ``change`` edit it, and write it back."""
    content = yaml.safe_load(file.read_text())
    change(content)
    file.write_text(yaml.safe_dump(content, sort_keys=False))


def change_text(file: Path, old: str, new: str) -> None:
    """Replace text that must be there."""
    text = file.read_text()
    assert old in text, f"{old!r} is not in {file}"
    file.write_text(text.replace(old, new))


def resources(template: Template, kind: str) -> dict[str, Any]:
    """The resources of one type, by logical id."""
    return {
        logical_id: resource
        for logical_id, resource in template["Resources"].items()
        if resource["Type"] == kind
    }


def only(template: Template, kind: str) -> tuple[str, Any]:
    """The one resource of its type, with its logical id."""
    [found] = resources(template, kind).items()
    return found
