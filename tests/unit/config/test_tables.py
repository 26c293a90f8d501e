"""Tables of a service, and the versions that use them."""

from pathlib import Path

import pytest

from gatewright.config import ConfigError, load_platform

FILE = """\
project: shop
environments: {local: {account: "000000000000", region: us-east-1}}
services:
  foods:
    tables:
      stock: {partition_key: id, expires_at: until}
    versions:
      v1:
        routes: foods.handler:app
        tables: {stock: read}
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "platform.yaml"
    file.write_text(text)
    return file


def test_tables_are_the_services_and_their_use_the_versions(tmp_path: Path) -> None:
    platform = load_platform(write(tmp_path, FILE))
    [table] = platform.services[0].tables
    assert (table.name, table.partition_key, table.sort_key, table.expires_at) == (
        "stock",
        "id",
        None,
        "until",
    )
    assert platform.apis[0].tables == {"stock": "read"}


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("{stock: read}", "{stok: read}", 10, ["'stok'", "allowed: stock", "did you mean 'stock'"]),
        ("{stock: read}", "{menu: read}", 10, ["declare it under services.foods.tables"]),
        ("{stock: read}", "{stock: all}", 10, ["'all'", "read, write"]),
        ("{stock: read}", "[stock]", 10, ["a list", "a mapping"]),
        ("partition_key: id", "partition_key: 1d", 6, ["no digit first"]),
        ("partition_key: id, ", "", 6, ["add 'partition_key'"]),
        ("partition_key", "partition-key", 6, ["did you mean 'partition_key'"]),
        ("      stock: {", "      Stock: {", 6, ["lower-case letters"]),
    ],
)
def test_mistakes_are_told_with_line_and_remedy(
    tmp_path: Path, old: str, new: str, line: int, words: list[str]
) -> None:
    assert old in FILE
    file = write(tmp_path, FILE.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        load_platform(file)
    told = str(caught.value)
    assert f"platform.yaml:{line}:" in told
    assert all(word in told for word in words), told


def test_a_service_without_tables_says_so(tmp_path: Path) -> None:
    text = FILE.replace("    tables:\n      stock: {partition_key: id, expires_at: until}\n", "")
    with pytest.raises(ConfigError, match="service 'foods' declares no tables"):
        load_platform(write(tmp_path, text))
