"""How a name is spelled in the conventions of the languages."""

import re

# What no package of Java may be called in part (Java Language Specification, 3.9).
_RESERVED = """
abstract assert boolean break byte case catch char class const continue default do double
else enum extends final finally float for goto if implements import instanceof int interface
long native new package private protected public return short static strictfp super switch
synchronized this throw throws transient try void volatile while true false null
"""


def words(name: str) -> list[str]:
    """The parts of ``list_foods``, ``If-Match`` or ``listFoods``, in lower case."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return [word.lower() for word in re.split(r"[^A-Za-z0-9]+", apart) if word]


def snake(name: str) -> str:
    """``list_foods``."""
    return "_".join(words(name))


def pascal(name: str) -> str:
    """``ListFoods``."""
    return "".join(word[0].upper() + word[1:] for word in words(name))


def camel(name: str) -> str:
    """``listFoods``."""
    first, *others = words(name) or [""]
    return first + "".join(word[0].upper() + word[1:] for word in others)


def java_identifier(name: str) -> str:
    """A part of the name of a Java package; a reserved word gets an underscore."""
    plain = "".join(words(name))
    return f"{plain}_" if plain in _RESERVED.split() else plain
