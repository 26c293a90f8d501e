"""Each package has what its registry and its users need."""

import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from gatewright.sdk.packages.maven import java_compiler
from tests.sdk.programs import needed, run

VERSIONS = {"foods-v1": "1.0.0", "foods-v2": "2.0.0"}
APIS = sorted(VERSIONS)


def held(file: Path) -> list[str]:
    """The names in an archive."""
    if file.suffix in (".whl", ".zip", ".jar"):
        return ZipFile(file).namelist()
    with tarfile.open(file) as archive:
        return archive.getnames()


def package(sdk: Path, api: str, pattern: str) -> Path:
    [found] = (sdk / api / "packages").glob(pattern)
    return found


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.whl", ["{python}/__init__.py", "{python}/py.typed", "{python}/api/foods_api.py"]),
        ("*.tar.gz", ["{python}-{version}/pyproject.toml", "{python}-{version}/CHANGELOG.md"]),
        ("gatewright-foods-v?-[0-9]*.tgz", ["package/package.json", "package/dist/index.d.ts"]),
        ("*-javascript-*.tgz", ["package/package.json", "package/dist/index.js"]),
        ("foods-v?-*-sources.jar", ["gatewright/foods/{v}/api/FoodsApi.java"]),
        ("*-android-*.zip", ["{stem}/build.gradle", "{stem}/src/main/java/{java}/ApiClient.java"]),
        ("*-objc-*.zip", ["{stem}/{module}.podspec", "{stem}/{module}/Api/{prefix}FoodsApi.m"]),
        ("*-swift-*.zip", ["{stem}/Package.swift", "{stem}/Sources/{module}/APIs/FoodsAPI.swift"]),
        ("*.gem", ["metadata.gz", "data.tar.gz", "checksums.yaml.gz"]),
    ],
)
def test_what_is_in_it(sdk: Path, api: str, pattern: str, names: list[str]) -> None:
    file = package(sdk, api, pattern)
    v = api[-2:]
    texts = {
        "python": f"gatewright_foods_{v}",
        "version": VERSIONS[api],
        "v": v,
        "java": f"gatewright/foods/{v}",
        "module": f"GatewrightFoodsV{v[1]}",
        "prefix": f"FoodsV{v[1]}",
        "stem": file.stem,
    }
    assert VERSIONS[api] in file.name
    assert {name.format(**texts) for name in names} - set(held(file)) == set()


@pytest.mark.parametrize("api", APIS)
def test_a_readme_and_a_changelog_are_with_all_sources(sdk: Path, api: str) -> None:
    for language in ("python", "typescript", "java", "javascript", "android", "objc", "swift"):
        assert (sdk / api / language / "README.md").stat().st_size > 500
        assert f"## {VERSIONS[api]}" in (sdk / api / language / "CHANGELOG.md").read_text()


@pytest.mark.parametrize("api", APIS)
def test_the_jar_has_classes_and_its_pom_names_the_same(sdk: Path, api: str) -> None:
    if java_compiler() is None:
        pytest.skip("there is no javac on this machine; Debian: apt-get install openjdk-17-jdk")
    jar = package(sdk, api, f"{api}-{VERSIONS[api]}.jar")
    assert f"gatewright/foods/{api[-2:]}/api/FoodsApi.class" in held(jar)
    pom = jar.with_suffix(".pom").read_text()
    assert f"<groupId>gatewright</groupId>\n  <artifactId>{api}</artifactId>" in pom
    assert f"<version>{VERSIONS[api]}</version>" in pom


@pytest.mark.parametrize("api", APIS)
def test_the_checksums_hold(sdk: Path, api: str) -> None:
    program = needed("sha256sum", "coreutils")
    folder = sdk / api / "packages"
    said = run([program, "--check", "--strict", "SHA256SUMS"], folder)
    assert len(said.splitlines()) == len(list(folder.iterdir())) - 1


@pytest.mark.parametrize("api", APIS)
def test_nobody_and_no_license_is_invented(sdk: Path, api: str) -> None:
    metadata = [
        sdk / api / "python" / "pyproject.toml",
        sdk / api / "typescript" / "package.json",
        sdk / api / "javascript" / "package.json",
        sdk / api / "java" / "pom.xml",
        *(sdk / api / "objc").glob("*.podspec"),
        *(sdk / api / "ruby").glob("*.gemspec"),
    ]
    assert len(metadata) == 6
    for file in metadata:
        text = file.read_text().lower()
        assert "license" not in text, file
        assert "openapitools" not in text.replace("org.openapitools", ""), file
        assert "git_user_id" not in text, file
