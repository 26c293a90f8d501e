"""Which of some names somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name that `word` was probably meant to be, or None when nothing is close."""
    by_folded_name = {name.casefold(): name for name in names}
    close = get_close_matches(word.casefold(), by_folded_name, n=1)
    return by_folded_name[close[0]] if close else None


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Return the question `did you mean 'x'?`, or nothing when no name is close to `word`."""
    name = nearest(word, names)
    return f"did you mean '{name}'?" if name else ""
