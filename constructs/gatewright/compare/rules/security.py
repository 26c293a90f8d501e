"""How changes of what callers have to show are judged."""

from gatewright.compare.rules.rule import Rule, breaks, keeps

_TAKE_OLD = "go on taking the old credentials, as an alternative, until nobody uses them"

SECURITY_RULES: tuple[Rule, ...] = (
    breaks(
        "security-added",
        "anybody could call it, and now needs credentials",
        "callers without credentials are refused",
        "leave it open, and protect a new operation instead",
    ),
    keeps("security-removed", "no credentials are needed any more", "theirs are ignored"),
    breaks(
        "security-alternative-removed",
        "one of several kinds of credentials is not taken any more",
        "callers with that kind are refused",
        _TAKE_OLD,
    ),
    keeps("security-alternative-added", "another kind of credentials will do", "the others do too"),
    breaks(
        "security-scheme-added",
        "more credentials have to be sent besides",
        "callers do not have them, and are refused",
        _TAKE_OLD,
    ),
    keeps("security-scheme-removed", "fewer credentials have to be sent", "more do no harm"),
    breaks(
        "security-scheme-changed",
        "other credentials have to be sent, or elsewhere",
        "callers with the old ones are refused",
        _TAKE_OLD,
    ),
    keeps(
        "security-flow-added", "a token can be had another way", "the old ways lead to one as well"
    ),
    breaks(
        "security-scope-added",
        "a token needs another scope",
        "tokens without the scope are refused",
        "ask for the scope in a new operation, or give it to every client first and declare it",
    ),
    keeps("security-scope-removed", "a token needs a scope less", "more do no harm"),
)
