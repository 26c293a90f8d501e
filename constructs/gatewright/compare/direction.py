"""Who sends a value to whom, and what that means for a schema that accepts more or less.

A server must go on accepting what its callers send: a request's schema may only grow. Callers must
go on understanding what a server sends: an answer's schema may only shrink.
"""

from typing import Literal

Direction = Literal["request", "response"]

DIRECTIONS: tuple[Direction, Direction] = ("request", "response")
