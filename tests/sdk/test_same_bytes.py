"""The same documents give the same bytes, wherever and whenever."""

from hashlib import sha256
from pathlib import Path

from tests.sdk.conftest import generated


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_in_another_folder(documents: Path, sdk: Path, tmp_path: Path) -> None:
    again = digests(generated(documents, tmp_path / "another" / "folder"))
    first = digests(sdk)
    assert len(first) > 500
    assert {name for name in first if first[name] != again.get(name)} == set()
    assert again.keys() == first.keys()


def test_nothing_tells_where_it_was_made(sdk: Path) -> None:
    telling = [
        path
        for path in sdk.rglob("*")
        if path.is_file() and str(sdk.parent).encode() in path.read_bytes()
    ]
    assert telling == []
