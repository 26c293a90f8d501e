"""Translates template.json of the current folder as CloudFormation's SAM macro does."""

import json
from pathlib import Path

from samtranslator.translator.transform import transform


class _NoManagedPolicies:
    """The template names none, so none are looked up on AWS."""

    def load(self) -> dict[str, str]:
        return {}


def main() -> None:
    """Write translated.json."""
    template = json.loads(Path("template.json").read_text())
    translated = transform(template, {}, _NoManagedPolicies())
    Path("translated.json").write_text(json.dumps(translated))


if __name__ == "__main__":
    main()
