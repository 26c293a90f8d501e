"""Every kind of credentials, sent by the READMEs' calls, and in clients that are compiled."""

import sys
from base64 import b64encode
from pathlib import Path

import pytest

from tests.sdk.answering import Answering
from tests.sdk.conftest import generated
from tests.sdk.programs import JDK, NODE, needed, readme_call, run
from tests.sdk.test_java import call
from tests.sdk.test_parsed import faults
from tests.unit.sdk.documents import SCHEMES, write
from tests.unit.sdk.test_schemes import with_scheme

GIVEN = {"API_KEY": "a+b", "ACCESS_TOKEN": "tok", "API_USER": "ann", "API_PASSWORD": "secret"}
BASIC = f"Basic {b64encode(b'ann:secret').decode()}"
SENT = {
    "basic": ("/foods", "authorization", BASIC),
    "oauth2": ("/foods", "authorization", "Bearer tok"),
    "oidc": ("/foods", "authorization", "Bearer tok"),
    "query": ("/foods?x-key=a%2Bb", "authorization", None),
    "cookie": ("/foods", "cookie", "x-key=a+b"),
    "digest": ("/foods", "authorization", None),
}


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """TypeScript, and Java where there is a compiler, are compiled on the way."""
    folder = tmp_path_factory.mktemp("credentials")
    for kind in SENT:
        write(folder / "openapi", f"{kind}-v2.json", with_scheme(SCHEMES[kind]).content)
    return generated(folder / "openapi", folder / "sdk")


@pytest.mark.parametrize("kind", SENT)
def test_python(clients: Path, server: Answering, kind: str) -> None:
    sources = clients / f"{kind}-v2" / "python"
    program = readme_call(sources, "python")
    variables = {**GIVEN, "PYTHONPATH": str(sources), "API_URL": server.url}
    run([sys.executable, "-c", program], None, **variables)
    assert sent(server, kind) == SENT[kind]


@pytest.mark.parametrize("kind", SENT)
def test_java(clients: Path, server: Answering, kind: str, tmp_path: Path) -> None:
    needed("javac", JDK)
    program = readme_call(clients / f"{kind}-v2" / "java", "java")
    call(clients, f"{kind}-v2", tmp_path, program, API_URL=server.url, **GIVEN)
    assert sent(server, kind) == SENT[kind]


@pytest.mark.parametrize("kind", SENT)
def test_typescript(clients: Path, server: Answering, kind: str, tmp_path: Path) -> None:
    sources = clients / f"{kind}-v2" / "typescript"
    (tmp_path / "node_modules" / "@gatewright").mkdir(parents=True)
    (tmp_path / "node_modules" / "@gatewright" / f"{kind}-v2").symlink_to(sources)
    # Node leaves out types itself.
    (tmp_path / "call.mts").write_text(readme_call(sources, "typescript"))
    run([str(NODE), "call.mts"], tmp_path, API_URL=server.url, **GIVEN)
    assert sent(server, kind) == SENT[kind]


@pytest.mark.parametrize("kind", SENT)
def test_ruby_and_swift(clients: Path, kind: str, tmp_path: Path) -> None:
    made = clients / f"{kind}-v2"
    assert faults(readme_call(made / "swift", "swift")) == []
    program = needed("ruby", "ruby")
    (tmp_path / "call.rb").write_text(readme_call(made / "ruby", "ruby"))
    for file in (*(made / "ruby").rglob("*.rb"), tmp_path / "call.rb"):
        run([program, "-c", str(file)])


def sent(server: Answering, kind: str) -> tuple[str, str, str | None]:
    asked = server.asked[-1]
    header = SENT[kind][1]
    return asked.path, header, asked.headers.get(header)
