"""The checksums of the packages, in the form that `sha256sum --check` reads."""

from hashlib import sha256
from pathlib import Path

CHECKSUMS = "SHA256SUMS"


def write_checksums(packages: Path) -> None:
    """Write SHA256SUMS beside the packages: a line for each, sorted by name (GNU coreutils)."""
    files = sorted(file for file in packages.iterdir() if file.name != CHECKSUMS)
    lines = [f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (packages / CHECKSUMS).write_text("".join(lines), encoding="utf-8")
