"""Whole builds: a project's specification and source in, artifacts and variables out."""

import json
import os
import re
import stat
import subprocess
import sys
import threading
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.rehearsal.actions import ActionContext, ActionFailedError, ActionResult, npm_once
from local.rehearsal.actions.build_tools import BuildTools
from local.rehearsal.actions.codebuild import CodeBuildRunner
from local.rehearsal.actions.npm_once import is_global_install, is_there
from local.rehearsal.actions.runtime_versions import runtime_lines
from local.rehearsal.definition import Action
from tests.unit.local.rehearsal.pipelines import action, context


@dataclass
class Services:
    """CodeBuild, Parameter Store and Secrets Manager, as far as builds ask them."""

    project: dict[str, Any]

    def batch_get_projects(self, names: list[str]) -> dict[str, Any]:
        return {"projects": [self.project] if names == [self.project["name"]] else []}

    def get_parameter(self, Name: str, WithDecryption: bool) -> dict[str, Any]:  # noqa: N803
        if Name != "/known" or not WithDecryption:
            raise ClientError({"Error": {"Code": "ParameterNotFound", "Message": "none"}}, "Get")
        return {"Parameter": {"Value": "stored-value"}}

    def get_secret_value(self, SecretId: str) -> dict[str, Any]:  # noqa: N803
        return {"SecretString": json.dumps({"key": f"secret of {SecretId}"})}


@dataclass
class Building:
    """A build in a temporary folder."""

    folder: Path
    spec: dict[str, Any]
    source: dict[str, str] = field(default_factory=lambda: {"README.md": "read me"})
    action: Action = field(
        default_factory=lambda: action(
            "Build", provider="CodeBuild", configuration={"ProjectName": "p"}, inputs=("Source",)
        )
    )
    project: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, Path] = field(default_factory=dict)
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self) -> ActionResult:
        text = json.dumps({"version": "0.2", **self.spec}, indent=1)
        project = {
            "name": "p",
            "source": {"type": "CODEPIPELINE", "buildspec": text},
            "environment": {"image": "aws/codebuild/standard:7.0"},
            "timeoutInMinutes": 60,
            **self.project,
        }
        self.folder.mkdir(exist_ok=True)
        inputs = {"Source": self._zip(self.source), **self.inputs}
        made = Given(context(self.folder, inputs=inputs, stopped=self.stopped), Services(project))
        return CodeBuildRunner(self.folder / "shared", self.extra).run(self.action, made)  # type: ignore[arg-type]

    @property
    def log(self) -> str:
        return (self.folder / "log.txt").read_text()

    def _zip(self, files: dict[str, str]) -> Path:
        target = self.folder / "source.zip"
        with zipfile.ZipFile(target, "w") as archive:
            for name, text in files.items():
                item = zipfile.ZipInfo(name)
                item.external_attr = (stat.S_IFREG | 0o755) << 16
                archive.writestr(item, text)
        return target


class Given:
    """A context whose clients are the fakes."""

    def __init__(self, real: ActionContext, services: Services) -> None:
        self._real = real
        self._services = services

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def client(self, _service: str) -> Services:
        return self._services


def commands(*lines: str, **more: Any) -> dict[str, Any]:
    return {"phases": {"build": {"commands": list(lines)}}, **more}


def names(result: ActionResult, output: str) -> list[str]:
    with zipfile.ZipFile(result.outputs[output]) as archive:
        return sorted(archive.namelist())


def outputs(*artifacts: str, **configuration: str) -> Action:
    return action(
        "Build",
        provider="CodeBuild",
        configuration={"ProjectName": "p", **configuration},
        inputs=("Source",),
        outputs=artifacts,
    )


def test_from_source_to_artifact(tmp_path: Path) -> None:
    spec = commands(
        "mkdir -p out/deep && cp README.md out/deep/.hidden && ./run.sh > out/said",
        artifacts={"base-directory": "out", "files": ["**/*"], "exclude-paths": ["none/*"]},
        env={"exported-variables": ["COLOUR"], "variables": {"COLOUR": "green"}},
    )
    build = Building(tmp_path, spec, {"README.md": "x", "run.sh": "#!/bin/sh\necho hi\n"})
    build.action = outputs("Out")
    result = build.run()
    assert names(result, "Out") == ["deep/.hidden", "said"]
    assert result.variables == {"COLOUR": "green"}
    assert "Phase complete: BUILD State: SUCCEEDED" in build.log


def test_several_outputs_are_secondary_artifacts(tmp_path: Path) -> None:
    spec = commands(
        "mkdir a b; echo 1 > a/one; echo 2 > b/two",
        artifacts={
            "secondary-artifacts": {
                "A": {"base-directory": "a", "files": "**/*"},
                "B": {"files": ["b/*"], "discard-paths": "yes"},
            }
        },
    )
    build = Building(tmp_path, spec)
    build.action = outputs("A", "B")
    result = build.run()
    assert names(result, "A") == ["one"]
    assert names(result, "B") == ["two"]


@pytest.mark.parametrize(
    ("artifacts", "said"),
    [
        ({"files": ["*.none"]}, "no matching artifact paths found: *.none"),
        ({"files": ["*"], "base-directory": "none"}, "no matching base directory path found for"),
        (None, "has no artifact for the output Out"),
    ],
)
def test_an_artifact_that_is_not_there(tmp_path: Path, artifacts: Any, said: str) -> None:
    build = Building(tmp_path, commands("true", **({"artifacts": artifacts} if artifacts else {})))
    build.action = outputs("Out")
    with pytest.raises(ActionFailedError, match="Build of project p") as failed:
        build.run()
    assert said in failed.value.reason


def test_a_failing_command_is_the_reason(tmp_path: Path) -> None:
    build = Building(tmp_path, commands("echo 1 test failed", "echo boom; exit 2"))
    with pytest.raises(ActionFailedError) as failed:
        build.run()
    assert "Phase BUILD: error while executing command: echo boom; exit 2" in failed.value.reason
    assert failed.value.reason.endswith("1 test failed\n  boom")


def test_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MAKEFLAGS", "PYTEST_X", "VIRTUAL_ENV", "PYTHONPATH", "GATEWRIGHT_PORT"):
        monkeypatch.setenv(name, "leaked")
    monkeypatch.setenv("AWS_PROFILE", "prod")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    build = Building(
        tmp_path, commands("env -0 > env", artifacts={"files": ["env"]}), extra={"EXTRA": "1"}
    )
    build.action = outputs("Out")
    found = environment(build.run())
    assert "leaked" not in found.values()
    assert not {"AWS_PROFILE", "AWS_SESSION_TOKEN", "PYTEST_CURRENT_TEST"} & set(found)
    assert found["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4999"
    assert (found["AWS_ACCESS_KEY_ID"], found["AWS_REGION"]) == ("000000000000", "us-east-1")
    assert found["CODEBUILD_INITIATOR"] == "codepipeline/release"
    assert found["CODEBUILD_BUILD_ID"].startswith("p:")
    assert found["CODEBUILD_BUILD_ARN"].endswith(f":build/{found['CODEBUILD_BUILD_ID']}")
    assert found["CODEBUILD_RESOLVED_SOURCE_VERSION"] == "a" * 40
    assert found["CODEBUILD_SRC_DIR"] == found["PWD"]
    assert found["EXTRA"] == "1"
    assert found["HOME"] == os.environ["HOME"]
    assert str(Path(sys.prefix) / "bin") not in found["PATH"].split(":")
    assert found["PATH"].startswith(found["npm_config_prefix"])


def environment(result: ActionResult) -> dict[str, str]:
    with zipfile.ZipFile(result.outputs["Out"]) as archive:
        entries = archive.read("env").decode().split("\0")
    return dict(entry.split("=", 1) for entry in entries if entry)


def test_variables_by_precedence_and_kind(tmp_path: Path) -> None:
    spec = commands(
        'test "$A$B$C" = spec-project-action- || exit 9',
        'test "$P" = stored-value && test "$S" = "secret of name" && echo "$P $S"',
        env={
            "variables": {"A": "spec-", "B": "spec-", "C": "spec-"},
            "parameter-store": {"P": "/known"},
            "secrets-manager": {"S": "name:key"},
        },
    )
    variables = [{"name": n, "value": "project-", "type": "PLAINTEXT"} for n in ("B", "C")]
    build = Building(tmp_path, spec, project={"environment": {"environmentVariables": variables}})
    build.action = outputs(EnvironmentVariables=json.dumps([{"name": "C", "value": "action-"}]))
    build.run()
    assert "*** ***" in build.log
    assert "stored-value" not in build.log.replace('test "$P" = stored-value', "")


def test_a_parameter_that_is_not_there(tmp_path: Path) -> None:
    build = Building(tmp_path, commands("true", env={"parameter-store": {"P": "/none"}}))
    with pytest.raises(ActionFailedError, match=r"Variable P \(PARAMETER_STORE /none\): none"):
        build.run()


def test_several_inputs(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("document.json", "{}")
    build = Building(
        tmp_path,
        commands('ls README.md "$CODEBUILD_SRC_DIR_documents"'),
    )
    build.inputs = {"documents": other}
    build.action = action(
        "Build",
        provider="CodeBuild",
        configuration={"ProjectName": "p", "PrimarySource": "Source"},
        inputs=("Source", "documents"),
    )
    build.run()
    assert "README.md" in build.log
    assert "document.json" in build.log


def test_the_specification_may_be_a_file(tmp_path: Path) -> None:
    spec = "version: 0.2\nphases:\n  build:\n    commands:\n      - echo from the file\n"
    for project, name in (({}, "buildspec.yml"), ({"buildspec": "ci/b.yml"}, "ci/b.yml")):
        build = Building(tmp_path, {}, {name: spec}, project={"source": project})
        build.run()
        assert "from the file" in build.log
    with pytest.raises(ActionFailedError, match=r"no build specification buildspec\.yml"):
        Building(tmp_path, {}, project={"source": {}}).run()


def test_a_build_has_no_repository_above_it(tmp_path: Path) -> None:
    build = Building(tmp_path, commands("git rev-parse --show-toplevel || true"))
    build.run()
    assert "not a git repository" in build.log


def test_a_build_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    build = Building(tmp_path, commands("sleep 600"), project={"timeoutInMinutes": 0.005})
    with pytest.raises(ActionFailedError, match=r"not done within 0\.005 minutes"):
        build.run()


def test_a_build_is_ended_with_the_rehearsal(tmp_path: Path) -> None:
    build = Building(tmp_path, commands("sleep 600"))
    threading.Timer(0.3, build.stopped.set).start()
    with pytest.raises(ActionFailedError, match="was stopped"):
        build.run()


def test_an_unknown_project(tmp_path: Path) -> None:
    build = Building(tmp_path, commands("true"), project={"name": "other"})
    with pytest.raises(ActionFailedError, match="no CodeBuild project 'p' in 000000000000"):
        build.run()


def test_node_and_python_are_found(tmp_path: Path) -> None:
    build = Building(tmp_path, commands("node --version", "npm --version", "python3 --version"))
    build.run()
    assert re.search(r"^v\d+\.\d+", build.log, re.MULTILINE)
    assert re.search(r"^Python 3\.\d+", build.log, re.MULTILINE)


def test_runtime_versions_are_compared(tmp_path: Path) -> None:
    program = tmp_path / "node"
    program.write_text("#!/bin/sh\necho v22.1.0\n")
    program.chmod(0o755)
    wanted = {"nodejs": "22", "java": "corretto21"}
    assert list(runtime_lines(wanted, str(tmp_path))) == [
        "Runtime nodejs 22: here 22.1.0",
        "Runtime java corretto21: a rehearsal does not know what is here",
    ]
    [line] = runtime_lines({"nodejs": "2"}, str(tmp_path))
    assert line.endswith("which this build takes instead")


def test_npm_installs_for_all_once(tmp_path: Path) -> None:
    package = tmp_path / "lib/node_modules/@scope/tool/package.json"
    package.parent.mkdir(parents=True)
    package.write_text('{"version": "2.10.0"}')
    for spec, there in (("2.10.0", True), ("2", False), ("2.10.1", False), ("latest", False)):
        assert is_there(f"@scope/tool@{spec}", tmp_path) is there
    assert not is_there("@scope/tool", tmp_path)
    assert not is_there("none@1", tmp_path)
    assert is_global_install(["install", "-g", "x"])
    assert not is_global_install(["install", "x"])
    assert not is_global_install(["run", "-g"])


def test_npm_is_asked_for_what_is_not_there(tmp_path: Path) -> None:
    program = [sys.executable, "-I", npm_once.__file__, str(tmp_path / "lock"), "/bin/echo", "npm"]
    package = tmp_path / "lib/node_modules/tool/package.json"
    package.parent.mkdir(parents=True)
    package.write_text('{"version": "1.0.0"}')

    def said(*arguments: str) -> str:
        ran = subprocess.run(
            [*program, "--", *arguments],
            env={"npm_config_prefix": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout.strip()

    assert said("install", "-g", "tool@1.0.0") == "up to date: tool@1.0.0"
    assert said("install", "-g", "tool@2") == "npm install -g tool@2"
    assert said("ci") == "npm ci"


def test_programs_are_made_once(tmp_path: Path) -> None:
    tools = BuildTools(tmp_path / "with space")
    tools.prepare()
    before = {path: path.stat().st_mtime_ns for path in tools.programs.iterdir()}
    tools.prepare()
    assert {path: path.stat().st_mtime_ns for path in tools.programs.iterdir()} == before
    shown = subprocess.run(
        [tools.programs / "python3", "-c", "import sys; print(sys.prefix == sys.base_prefix)"],
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == "True"
