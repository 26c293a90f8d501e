"""The TypeScript and the JavaScript client, installed by npm from their tarballs."""

from pathlib import Path

import pytest

from tests.sdk.answering import ETAG, Answering
from tests.sdk.programs import NODE, NPM, readme_call, run
from tests.sdk.test_packages import APIS

COMPILER = "@typescript/typescript-*/lib/tsc"
PROCESS = "declare const process: { env: Record<string, string | undefined> };\n"
CALLER = """
import * as foods from "@gatewright/foods-v2";
import { ApiException } from "@gatewright/foods-v2";
import type { GatewayError } from "@gatewright/foods-v2";

let credential = "bad";
const configuration = foods.createConfiguration({
  baseServer: new foods.ServerConfiguration(process.env.API_URL ?? "", {}),
  authMethods: { api_key: "good", cognito: { tokenProvider: { getToken: () => credential } } },
});
const api = new foods.FoodsApi(configuration);
const food: foods.NewFood = { name: "hotdog", quantity: 3 };
try {
  await api.createFood({ idempotencyKey: "key-1", newFood: food });
  throw new Error("it was taken");
} catch (error) {
  if (!(error instanceof ApiException)) throw error;
  const body: GatewayError = error.body;
  if (error.code !== 401 || body.requestId !== "request-1") throw error;
}
credential = "good";
const created = await api.createFoodWithHttpInfo({ idempotencyKey: "key-1", newFood: food });
const etag: string | undefined = created.headers["etag"];
const replaced = await api.replaceFood({
  name: "hotdog", ifMatch: etag ?? "", replacement: { quantity: 4 },
});
const quantity: number = replaced.quantity;
// @ts-expect-error: a number is no text, so answers have types
const wrong: string = replaced.quantity;
"""


def installed(folder: Path, tarball: Path) -> Path:
    """A folder in which `npm install` put a package."""
    folder.mkdir(exist_ok=True)
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    words = ("install", "--silent", "--no-audit", "--no-fund", str(tarball))
    run([str(NPM), *words], folder)
    return folder


def typescript(folder: Path, program: str) -> Path:
    """Compile a program strictly, and say where what came of it is."""
    (folder / "call.mts").write_text(PROCESS + program)
    [compiler] = NODE.parent.parent.glob(f"node_modules/{COMPILER}")
    options = ("--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom")
    run([str(compiler), *options, "--types", "", "call.mts"], folder)
    return folder / "call.mjs"


@pytest.mark.parametrize("api", APIS)
def test_the_call_of_the_readme_in_typescript(
    sdk: Path, server: Answering, api: str, tmp_path: Path
) -> None:
    [tarball] = (sdk / api / "packages").glob("gatewright-foods-v?-[0-9]*.tgz")
    folder = installed(tmp_path / "caller", tarball)
    assert [path.name for path in (folder / "node_modules").glob("[!.]*")] == ["@gatewright"]
    call = typescript(folder, readme_call(sdk / api / "typescript", "typescript"))
    assert "hotdog" in run([str(NODE), str(call)], folder, API_URL=server.url, API_KEY="good")
    assert "403 Forbidden" in run([str(NODE), str(call)], folder, API_URL=server.url, API_KEY="x")


def test_types_errors_and_headers_in_typescript(
    sdk: Path, server: Answering, tmp_path: Path
) -> None:
    [tarball] = (sdk / "foods-v2" / "packages").glob("gatewright-foods-v2-2*.tgz")
    folder = installed(tmp_path / "caller", tarball)
    run([str(NODE), str(typescript(folder, CALLER))], folder, API_URL=server.url)
    _, created, replaced = server.asked
    assert created.headers["idempotency-key"] == "key-1"
    assert "x-api-key" not in created.headers
    assert replaced.headers["if-match"] == ETAG


@pytest.mark.parametrize("api", APIS)
def test_the_call_of_the_readme_in_javascript(
    sdk: Path, server: Answering, api: str, tmp_path: Path
) -> None:
    [tarball] = (sdk / api / "packages").glob("*-javascript-*.tgz")
    folder = installed(tmp_path / "caller", tarball)
    (folder / "call.cjs").write_text(readme_call(sdk / api / "javascript", "javascript"))
    command = [str(NODE), "call.cjs"]
    assert "hotdog" in run(command, folder, API_URL=server.url, API_KEY="good")
    assert "403 Forbidden" in run(command, folder, API_URL=server.url, API_KEY="bad")
    assert server.asked[-1].headers["user-agent"].startswith(f"gatewright-{api}/")
