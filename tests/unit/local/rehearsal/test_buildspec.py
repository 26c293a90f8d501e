"""Build specifications as AWS documents them, and what is refused in them."""

import json

import pytest

from local.rehearsal.actions.buildspec import BuildspecError, read_buildspec

WHOLE = """
version: 0.2
env:
  shell: bash
  variables: {PLAIN: text, NUMBER: 010, FLAG: yes}
  parameter-store: {STORED: /a/b}
  secrets-manager: {SECRET: "name:key"}
  exported-variables: [PLAIN]
phases:
  install:
    runtime-versions: {python: 3.11, nodejs: 22}
    commands: [echo install]
  build:
    on-failure: RETRY-2
    commands:
      - echo one
      - |
        echo two
        echo three
    finally: [echo always]
reports: {unit: {files: ["*.xml"]}}
artifacts:
  base-directory: cdk.out
  files: "**/*"
  exclude-paths: ["**/.cache/**/*"]
  name: whatever
  secondary-artifacts:
    documents: {files: [openapi/*.json], discard-paths: yes}
"""


def test_a_whole_one() -> None:
    found = read_buildspec(WHOLE)
    install, build = found.phases
    assert found.shell == "bash"
    assert found.variables == {"PLAIN": "text", "NUMBER": "010", "FLAG": "yes"}
    assert found.parameter_store == {"STORED": "/a/b"}
    assert found.secrets_manager == {"SECRET": "name:key"}
    assert found.exported_variables == ("PLAIN",)
    assert install.runtime_versions == {"python": "3.11", "nodejs": "22"}
    assert build.commands == ("echo one", "echo two\necho three\n")
    assert (build.finally_, build.retries, build.on_failure) == (("echo always",), 2, None)
    assert found.artifacts is not None
    assert found.artifacts.files == ("**/*",)
    assert found.artifacts.base_directory == "cdk.out"
    assert found.artifacts.exclude_paths == ("**/.cache/**/*",)
    assert found.secondary_artifacts["documents"].discard_paths
    assert found.ignored == ("reports",)


def test_json_as_the_cdk_writes_it() -> None:
    text = json.dumps(
        {
            "version": "0.2",
            "phases": {
                "install": {"commands": ["npm install -g aws-cdk@2"]},
                "build": {"commands": ["cdk -a . deploy P --require-approval=never --verbose"]},
            },
        },
        indent=2,
    )
    found = read_buildspec(text)
    assert [phase.name for phase in found.phases] == ["install", "build"]
    assert found.phases[0].commands == ("npm install -g aws-cdk@2",)
    assert found.artifacts is None


def test_phases_run_in_codebuilds_order() -> None:
    found = read_buildspec(
        "{version: 0.2, phases: {post_build: {commands: a}, install: {commands: b}}}"
    )
    assert [phase.name for phase in found.phases] == ["install", "post_build"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 0.1\nphases: {build: {commands: [a]}}", "version: '0.1'"),
        ("phases: {build: {commands: [a]}}", "version: None"),
        ("version: 0.2", "phases: is missing"),
        ("version: 0.2\nrun-as: me", "run-as: a rehearsal does not know it"),
        ("version: 0.2\nbatch: {}", "batch: a rehearsal does not know it"),
        ("version: 0.2\nenv: {git-credential-helper: yes}", "env.git-credential-helper: a"),
        ("version: 0.2\nenv: {shell: powershell.exe}", "env.shell: 'powershell.exe'"),
        ("version: 0.2\nenv: {exported-variables: [A-B]}", "A-B cannot be names"),
        ("version: 0.2\nphases: {deploy: {commands: [a]}}", "phases.deploy: a"),
        ("version: 0.2\nphases: {build: {command: [a]}}", "phases.build.command: a"),
        ("version: 0.2\nphases: {build: {commands: {a: b}}}", "phases.build.commands: must be a"),
        ("version: 0.2\nphases: {build: {on-failure: SKIP}}", "phases.build.on-failure: 'SKIP'"),
        (
            "version: 0.2\nphases: {build: {runtime-versions: {a: 1}}}",
            "belongs to the phase install",
        ),
        (
            "version: 0.2\nphases: {build: {commands: a}}\nartifacts: {name: x}",
            "artifacts.files: is",
        ),
        ("version: 0.2\nphases: {build: {commands: a}}\nartifacts: {s3-prefix: x}", "s3-prefix: a"),
        ("[a", "is not YAML"),
        ("just text", "must be a mapping"),
    ],
)
def test_what_is_refused(text: str, said: str) -> None:
    with pytest.raises(BuildspecError) as refused:
        read_buildspec(text)
    assert said in str(refused.value)
