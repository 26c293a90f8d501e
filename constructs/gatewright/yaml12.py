"""YAML as version 1.2 reads it."""

import re

from yaml import SafeDumper

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

NULL, BOOL, INT, FLOAT, STR, MERGE = (
    f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "str", "merge")
)


class CoreSchemaLoader(SafeLoader):
    """Reads plain words as YAML 1.2's core schema does (https://yaml.org/spec/1.2.2/#103-core-schema).

    PyYAML follows YAML 1.1, where `mfa: off` is false, `1:30` is 90 and `2026-01-01` is a date.
    Editors check the file against the JSON Schema with the rules of 1.2, so both must agree.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML declares it without ClassVar
        None: [
            (NULL, re.compile(r"(?:~|null|Null|NULL|)\Z")),
            (BOOL, re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")),
            (INT, re.compile(r"[-+]?[0-9]{1,400}\Z")),  # int() refuses thousands of digits
            (FLOAT, re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.?[0-9]*)(?:[eE][-+]?[0-9]+)?\Z")),
            (MERGE, re.compile(r"<<\Z")),
        ]
    }


class CoreSchemaDumper(SafeDumper):
    """Quotes what YAML 1.1 or 1.2 reads as something other than the text that it is.

    `12e34567` is text in YAML 1.1, and the id of a deployment; in 1.2 it is a number.
    """


for _tag, _words in CoreSchemaLoader.yaml_implicit_resolvers[None]:
    CoreSchemaDumper.add_implicit_resolver(_tag, _words, None)
