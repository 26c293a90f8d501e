"""A platform file as plain values, with the place of each of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath

import yaml

from gatewright.config import yaml_text
from gatewright.config.problems import ConfigError, Path, Problem, dotted

Value = None | bool | int | float | str | tuple["Value", ...] | dict[str, "Value"]
Pair = tuple[yaml.Node, yaml.Node]

_MOST_VALUES = 100_000


@dataclass(frozen=True)
class Place:
    """Where a value is: of its name and of itself, as (line, column) from 1, and its own text.

    Under an alias or a merge key the value's place is that of the anchor: there it is mended.
    """

    name: tuple[int, int]
    value: tuple[int, int]
    text: str


@dataclass
class Document:
    """The values of a file. A list is a tuple; a name that stands twice keeps its first value."""

    file: str
    value: Value = None
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Return the place of a path, or of the nearest part of it that is in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place((1, 1), (1, 1), ""))

    def problem(
        self, path: Path, found: str, allowed: str, remedy: str = "", *, at_name: bool = False
    ) -> Problem:
        """Describe a mistake at the value of `path`, or at its name."""
        place = self.place(path)
        line, column = place.name if at_name else place.value
        return Problem(self.file, line, column, dotted(path), found, allowed, remedy)


def read_document(path: FilePath) -> Document:
    """Read a YAML file. Raises ConfigError when there are no values to go on with."""
    node = yaml_text.compose(path)
    document = Document(str(path))
    if node is not None:
        document.value = _Reader(document).value(node, (), _start(node))
    return document


@dataclass
class _Reader:
    """Turns nodes into values, and writes down places and mistakes on the way."""

    document: Document
    open_nodes: list[yaml.Node] = field(default_factory=list)
    values: int = 0

    def value(self, node: yaml.Node, path: Path, name: tuple[int, int]) -> Value:
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        self.document.places[path] = Place(name, _start(node), text)
        self.values += 1
        if self.values > _MOST_VALUES:
            # A few lines of aliases of aliases stand for more than memory holds.
            found, allowed = "aliases that stand for too much", f"at most {_MOST_VALUES} values"
            raise ConfigError([self.document.problem(path, found, allowed, "write them out")])
        if node in self.open_nodes:
            self._problem(path, "an alias that contains itself", "a value that ends")
            return None
        self.open_nodes.append(node)
        try:
            if isinstance(node, yaml.MappingNode):
                return dict(self._fields(node, path))
            if isinstance(node, yaml.SequenceNode):
                items = enumerate(node.value)
                return tuple(self.value(item, (*path, i), _start(item)) for i, item in items)
            return self._scalar(node, path)
        finally:
            self.open_nodes.pop()

    def _fields(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, Value]]:
        own: dict[str, yaml.Node] = {}
        for key, value in _own_pairs(node):
            if not isinstance(key, yaml.ScalarNode):
                found = "a list or mapping used as a name"
                self._problem(path, found, "a word as the name", "quote it if text was meant", key)
            elif key.value in own:
                first = own[key.value].start_mark.line + 1
                found = f"'{key.value}' a second time (the first is on line {first})"
                remedy = "remove one of them, or give it another name"
                self._problem((*path, key.value), found, "each name once", remedy, key)
            else:
                own[key.value] = key
                yield key.value, self.value(value, (*path, key.value), _start(key))
        for key, value in self._merged_pairs(node, path):
            if isinstance(key, yaml.ScalarNode) and key.value not in own:
                own[key.value] = key
                yield key.value, self.value(value, (*path, key.value), _start(key))

    def _merged_pairs(self, node: yaml.MappingNode, path: Path) -> Iterator[Pair]:
        """The fields that `<<` brings (https://yaml.org/type/merge.html), the strongest first."""
        for key, value in node.value:
            if key.tag != yaml_text.MERGE:
                continue
            sources = value.value if isinstance(value, yaml.SequenceNode) else [value]
            for source in sources:
                if not isinstance(source, yaml.MappingNode) or source in self.open_nodes:
                    allowed = "a mapping, or a list of mappings, that is complete before this line"
                    self._problem((*path, "<<"), "a merge of something else", allowed, "", key)
                    continue
                self.open_nodes.append(source)
                yield from _own_pairs(source)
                yield from self._merged_pairs(source, path)
                self.open_nodes.pop()

    def _scalar(self, node: yaml.Node, path: Path) -> Value:
        constants: Mapping[str, bool] = {"true": True, "false": False}
        try:
            match node.tag:
                case yaml_text.STR:
                    return str(node.value)
                case yaml_text.NULL:
                    return None
                case yaml_text.BOOL:
                    return constants[node.value.lower()]
                case yaml_text.INT:
                    return int(node.value)
                case yaml_text.FLOAT:
                    return float(node.value)
        except (KeyError, ValueError):
            pass  # an explicit tag, as in `!!int many`
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        self._problem(path, f"the tag {tag} on {node.value!r}", "a plain value", "remove the tag")
        return str(node.value)

    def _problem(
        self, path: Path, found: str, allowed: str, remedy: str = "", at: yaml.Node | None = None
    ) -> None:
        problem = self.document.problem(path, found, allowed, remedy)
        if at is not None:
            line, column = _start(at)
            problem = replace(problem, line=line, column=column)
        self.document.problems.append(problem)


def _own_pairs(node: yaml.MappingNode) -> list[Pair]:
    return [(key, value) for key, value in node.value if key.tag != yaml_text.MERGE]


def _start(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
