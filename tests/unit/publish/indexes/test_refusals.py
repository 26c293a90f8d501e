"""What twine, npm and Maven say when an index refuses, in words of ours."""

import pytest

from gatewright.publish.indexes.index import Address
from gatewright.publish.indexes.refusals import from_output

ADDRESS = Address(kind="npm", url="https://n.example/clients", credentials=None)


@pytest.mark.parametrize(
    ("program", "output", "said"),
    [
        ("twine", "ERROR HTTPError: 401 Unauthorized from https://n.example/", "answered 401"),
        ("twine", "ERROR    HTTPError: 409 Conflict from https://n.example/", "never replaced"),
        ("npm", "npm error code E403\nnpm error 403 Forbidden", "answered 403"),
        ("npm", "npm error code ENEEDAUTH\nnpm error need auth", "answered 401"),
        ("npm", "npm error code ECONNREFUSED\nnpm error syscall connect", "cannot be reached"),
        (
            "mvn",
            "[ERROR] ... authentication failed for x, status: 401 Unauthorized",
            "answered 401",
        ),
        ("mvn", "[ERROR] transfer failed for x, status: 409 Conflict -> [Help 1]", "answered 409"),
        ("mvn", "[ERROR] Connect to n failed: Connection refused -> [Help 1]", "cannot be reached"),
        ("twine", "Uploading\nERROR the wheel is bad\n", "ERROR the wheel is bad"),
        ("npm", "", "it said nothing"),
    ],
)
def test_the_remedy_follows_from_the_words(program: str, output: str, said: str) -> None:
    error = str(from_output(ADDRESS, program, output))
    assert error.startswith("npm: ")
    assert said in error
    assert "\n" not in error
