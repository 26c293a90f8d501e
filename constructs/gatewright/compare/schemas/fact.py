"""What two schemas differ in, before it is told of an operation."""

from dataclasses import dataclass
from typing import NamedTuple

from gatewright.compare.change import Side
from gatewright.compare.schemas.node import Node


@dataclass(frozen=True)
class Fact:
    """One difference.

    ``fact`` is a kind without its direction, unless it is the kind of a rule itself. ``step`` leads
    from the schema to the part that differs: ``.name`` to a property. ``pointer`` is that part's.
    """

    fact: str
    text: str
    pointer: str
    document: Side = "new"
    step: str = ""


class Edge(NamedTuple):
    """Two schemas inside of two others, and the step to them."""

    step: str
    old: Node
    new: Node
