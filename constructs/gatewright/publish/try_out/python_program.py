"""Imports the one package in a folder. Run as a program, by a Python that knows nothing of us."""

import importlib
import json
import sys
from importlib.metadata import distributions, version
from types import ModuleType

from packaging.requirements import Requirement


def main(folder: str, wanted: list[str]) -> str:
    """Import what is installed in ``folder``, and tell what was found. Ends with what was not."""
    (found,) = distributions(path=[folder])
    for text in found.requires or ():
        needed = Requirement(text)
        if not needed.marker or needed.marker.evaluate({"extra": ""}):
            there = version(needed.name)
            if not needed.specifier.contains(there, prereleases=True):
                sys.exit(f"it wants {text}, and was tried with {there}")
    sys.path.insert(0, folder)
    packages = {str(file).partition("/")[0] for file in found.files or () if file.suffix == ".py"}
    modules = [importlib.import_module(name) for name in sorted(packages)]
    methods = {name.replace("_", "") for module in modules for name in _methods(module)}
    lacking = [name for name in wanted if not any(one.endswith(name) for one in methods)]
    if lacking:
        sys.exit(f"it lacks the operations {', '.join(lacking)}")
    return f"imports, has {len(wanted)} operations"


def _methods(module: ModuleType) -> set[str]:
    """The methods of all classes of operations."""
    return {
        method.lower()
        for name, value in vars(module).items()
        if isinstance(value, type) and name.endswith("Api")
        for method in dir(value)
    }


if __name__ == "__main__":
    print(main(sys.argv[1], json.loads(sys.argv[2])))
