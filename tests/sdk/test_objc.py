"""The Objective-C client: clang checks it, against declarations of the libraries it stands on.

Nothing is compiled or run: Debian has neither AFNetworking nor Apple's Foundation. GNUstep's stands
in for that, and `stubs` for what the client uses of the others.
"""

from pathlib import Path

import pytest

from tests.sdk.programs import needed, readme_call, run
from tests.sdk.test_packages import APIS

STUBS = Path(__file__).parent / "stubs"
GNUSTEP = Path("/usr/include/GNUstep")
OPTIONS = "-fsyntax-only -fblocks -fobjc-weak -fobjc-runtime=gnustep-2.0 -fexceptions"
# A message that nothing understands is a fault; other warnings are of GNUstep's headers.
OPTIONS += " -Wno-everything -Werror=objc-method-access"


@pytest.mark.parametrize("api", APIS)
def test_clang_finds_no_fault(sdk: Path, api: str, tmp_path: Path) -> None:
    clang = needed("clang-14", "clang-14 gobjc libgnustep-base-dev")
    runtime = sorted(Path("/usr/lib/gcc").glob("*/*/include"))
    if not GNUSTEP.exists() or not runtime:
        pytest.skip("there is no GNUstep; Debian: apt-get install gobjc libgnustep-base-dev")
    sources = sdk / api / "objc"
    headers = tmp_path / "headers"
    headers.mkdir()
    [podspec] = sources.glob("*.podspec")
    module = podspec.with_suffix("")
    (headers / module.name).mkdir()
    for header in module.rglob("*.h"):  # as CocoaPods puts them: in one folder
        (headers / module.name / header.name).write_text(header.read_text())
    (tmp_path / "call.m").write_text(readme_call(sources, "objc"))
    folders = (GNUSTEP, runtime[-1], STUBS, headers, headers / module.name)
    files = [*module.rglob("*.m"), tmp_path / "call.m"]
    assert len(files) > 10
    for file in files:
        words = [word for folder in folders for word in ("-I", str(folder))]
        run([clang, *OPTIONS.split(), *words, str(file)])
