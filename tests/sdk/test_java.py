"""The Java client: compiled, and called as its README says."""

from pathlib import Path

import pytest

from tests.sdk.answering import ETAG, Answering
from tests.sdk.conftest import generated
from tests.sdk.programs import JDK, generator_jar, needed, readme_call, run
from tests.sdk.test_packages import APIS
from tests.unit.sdk.documents import content, operation, signed_document, write

CALLER = """
import gatewright.foods.v2.*;
import gatewright.foods.v2.api.FoodsApi;
import gatewright.foods.v2.model.*;

public class Call {
    private static String credential = "bad";

    public static void main(String[] arguments) throws ApiException {
        ApiClient client = new ApiClient();
        client.updateBaseUri(System.getenv("API_URL"));
        client.setRequestInterceptor(new Credentials().apiKey("good").cognito(() -> credential));
        FoodsApi api = new FoodsApi(client);
        NewFood food = new NewFood().name("hotdog").quantity(3L);
        FoodsApi.APICreateFoodRequest request =
            FoodsApi.APICreateFoodRequest.newBuilder().idempotencyKey("key-1").newFood(food).build();
        try {
            api.createFood(request);
            throw new IllegalStateException("it was taken");
        } catch (ApiException error) {
            GatewayError told = error.getError();
            if (error.getCode() != 401 || !"request-1".equals(told.getRequestId())) throw error;
        }
        credential = "good";
        String etag = api.createFoodWithHttpInfo(request).getHeaders().get("etag").get(0);
        Food replaced = api.replaceFood(FoodsApi.APIReplaceFoodRequest.newBuilder()
            .name("hotdog").ifMatch(etag).replacement(new Replacement().quantity(4L)).build());
    }
}
"""


def call(sdk: Path, api: str, folder: Path, program: str, **variables: str) -> str:
    """Compile a program against the published jar alone, and run it."""
    [jar] = (sdk / api / "packages").glob(f"{api}-?.?.?.jar")
    (folder / "Call.java").write_text(program)
    classes = f"{jar}:{generator_jar()}:{folder}"
    run([needed("javac", JDK), "-classpath", classes, "-d", str(folder), "Call.java"], folder)
    return run([needed("java", JDK), "-classpath", classes, "Call"], folder, **variables)


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(("key", "answer"), [("good", "hotdog"), ("bad", "403 Forbidden")])
def test_the_call_of_the_readme(
    sdk: Path, server: Answering, api: str, key: str, answer: str, tmp_path: Path
) -> None:
    needed("javac", JDK)
    program = readme_call(sdk / api / "java", "java")
    said = call(sdk, api, tmp_path, program, API_URL=server.url, API_KEY=key)
    assert answer in said


def test_types_errors_and_headers(sdk: Path, server: Answering, tmp_path: Path) -> None:
    needed("javac", JDK)
    call(sdk, "foods-v2", tmp_path, CALLER, API_URL=server.url)
    _, created, replaced = server.asked
    assert created.headers["idempotency-key"] == "key-1"
    assert replaced.headers["if-match"] == ETAG
    assert replaced.body == {"quantity": 4}


def test_a_client_signs_where_the_document_says_so(tmp_path: Path) -> None:
    write(tmp_path / "openapi", "foods-v1.json", signed_document().content)
    write(tmp_path / "openapi", "foods-v2.json", content({"/a": {"get": operation("get")}}))
    made = generated(tmp_path / "openapi", tmp_path / "sdk", "--language", "java", "android")
    assert {path.relative_to(made).parts[:2] for path in made.rglob("AWS4Auth.java")} == {
        ("foods-v1", "java"),
        ("foods-v1", "android"),
    }
    [api] = (made / "foods-v1" / "java").rglob("FoodsApi.java")
    assert 'new String[] { "AWS4Auth"' in api.read_text()
    assert "software.amazon.awssdk" in (made / "foods-v1" / "java" / "pom.xml").read_text()
