"""The Ruby client: installed from its gem, and called."""

from pathlib import Path

import pytest

from tests.sdk.answering import ETAG, Answering
from tests.sdk.programs import needed, readme_call, run
from tests.sdk.test_packages import APIS

CALLER = """
require "uri"
require "gatewright_foods_v2"
include GatewrightFoodsV2

url = URI(ENV.fetch("API_URL"))
configuration = Configuration.new
configuration.scheme = url.scheme
configuration.host = "#{url.host}:#{url.port}"
configuration.base_path = url.path
credential = "bad"
configuration.access_token_getter = -> { credential }
api = FoodsApi.new(ApiClient.new(configuration))
food = NewFood.new(name: "hotdog", quantity: 3)
begin
  api.create_food("key-1", food)
  raise "it was taken"
rescue ApiError => e
  raise unless e.code == 401 && e.data.is_a?(GatewayError) && e.data.request_id == "request-1"
end
credential = "good"
_, status, headers = api.create_food_with_http_info("key-1", food)
raise status.to_s unless status == 201
raise unless api.replace_food("hotdog", headers["ETag"], Replacement.new(quantity: 4)).quantity == 4
"""


@pytest.fixture
def ruby() -> str:
    """Ruby with Typhoeus, or a skipped test."""
    program = needed("ruby", "ruby ruby-typhoeus")
    try:
        run([program, "-e", "require 'typhoeus'"])
    except AssertionError:
        pytest.skip("Ruby has no Typhoeus; Debian: apt-get install ruby-typhoeus")
    return program


def call(ruby: str, sdk: Path, api: str, folder: Path, program: str, **variables: str) -> str:
    """Install the gem, and run a program with it."""
    [gem] = (sdk / api / "packages").glob("*.gem")
    # Typhoeus is Debian's, which `gem` does not know of.
    options = ("--local", "--ignore-dependencies", "--no-document", "--install-dir", str(folder))
    run([needed("gem", "ruby"), "install", *options, str(gem)])
    [lib] = folder.glob("gems/*/lib")
    return run([ruby, "-I", str(lib), "-e", program], folder, **variables)


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(("key", "answer"), [("good", "hotdog"), ("bad", "403 Forbidden")])
def test_the_call_of_the_readme(
    ruby: str, sdk: Path, server: Answering, api: str, key: str, answer: str, tmp_path: Path
) -> None:
    program = readme_call(sdk / api / "ruby", "ruby")
    assert answer in call(ruby, sdk, api, tmp_path, program, API_URL=server.url, API_KEY=key)


def test_errors_and_headers(ruby: str, sdk: Path, server: Answering, tmp_path: Path) -> None:
    call(ruby, sdk, "foods-v2", tmp_path, CALLER, API_URL=server.url)
    _, created, replaced = server.asked
    assert created.headers["idempotency-key"] == "key-1"
    assert "x-api-key" not in created.headers
    assert replaced.headers["if-match"] == ETAG
