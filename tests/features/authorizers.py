"""What each kind of access does, as data: the table of docs/guides/choose-an-authorizer.md.

A cell is a test that shows it, or words where there is nothing to show.
"""

from collections.abc import Mapping

COLUMNS = ("api_key", "cognito", "iam", "token", "request", "jwt")

_AUTHORIZATION = "tests/local/test_authorization.py::"
_AUTHORIZERS = "tests/local/test_authorizers.py::"
_SIGNED = "tests/local_gaps/test_signed_callers.py::"
_LAMBDA = "tests/local_gaps/test_lambda_authorizers.py::"
_GOOD = _AUTHORIZERS + "test_good_credentials_succeed"
_BAD = _AUTHORIZERS + "test_bad_credentials_are_refused"

ROWS: Mapping[str, Mapping[str, str]] = {
    "lets in only who is known": {
        "api_key": _AUTHORIZATION + "test_bad_keys_are_403",
        "cognito": _AUTHORIZATION + "test_bad_tokens_are_401",
        "iam": _AUTHORIZERS + "test_another_signer_is_403",
        "token": _BAD,
        "request": _BAD,
        "jwt": _BAD,
    },
    "different rights for different operations": {
        "cognito": _AUTHORIZATION + "test_a_good_token_without_the_scope_is_401",
        "iam": _SIGNED + "test_who_may_call",
        "token": _BAD,
        "request": "tests/unit/runtime/test_authorizers.py::"
        "test_a_request_is_answered_by_its_scopes",
        "jwt": _AUTHORIZERS + "test_a_cached_answer_is_right_for_every_operation",
    },
    "signature version 4": {"iam": _AUTHORIZERS + "test_a_signer_succeeds"},
    "users of a Cognito pool": {
        "cognito": _AUTHORIZATION + "test_valid_credentials_succeed",
    },
    "users of somebody else": {"token": _GOOD, "request": _GOOD, "jwt": _GOOD},
    "several headers or query parameters": {"request": _GOOD},
    "limits for each caller": {
        "api_key": "tests/local/test_limits.py::"
        "test_over_the_rate_one_key_is_429_and_another_is_200",
    },
    "a caller who is not known gets": {
        "api_key": "403",
        "cognito": "401",
        "iam": "403",
        "token": "401",
        "request": "401",
        "jwt": "401",
    },
    "costs besides": {
        "api_key": "nothing",
        "cognito": "nothing",
        "iam": "nothing",
        "token": "an invocation",
        "request": "an invocation",
        "jwt": "an invocation",
    },
    "answers kept": {
        "token": _AUTHORIZERS + "test_an_answer_is_kept",
        "request": _LAMBDA + "test_answers_are_kept_by_identity_sources",
        "jwt": _AUTHORIZERS + "test_a_cached_answer_is_right_for_every_operation",
    },
}


def table() -> str:
    """The rows as Markdown."""
    lines = [f"| | {' | '.join(f'`{name}`' for name in COLUMNS)} |", "|---" * 7 + "|"]
    lines += [
        f"| {row} | {' | '.join(_cell(cells.get(name, '')) for name in COLUMNS)} |"
        for row, cells in ROWS.items()
    ]
    return "\n".join(lines)


def _cell(cell: str) -> str:
    return "yes" if "::" in cell else cell
