"""A DynamoDB table of the service, of which a request reads or writes an item."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from gatewright.integrations.answers import (
    NOTHING,
    answer_schema,
    answer_template,
    error_body,
    followed,
    list_of,
)
from gatewright.integrations.attributes import (
    members,
    object_of,
    text_attribute,
)
from gatewright.integrations.deployed import Deployed, Permission
from gatewright.integrations.flaw import Flaw
from gatewright.integrations.sources import escaped, parse_source, without_vtl
from gatewright.integrations.targets.call import Call
from gatewright.integrations.targets.dynamodb_flaws import dynamodb_flaws
from gatewright.integrations.targets.dynamodb_update import update_members

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

Action = Literal["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query"]
ACTIONS: tuple[Action, ...] = get_args(Action)
_JSON = "application/json"

# DynamoDB answers 400 to what the caller's values cause, too. AWS: "Error handling with DynamoDB".
_NOT_FOUND = "#set($context.responseOverride.status = 404)" + error_body("Not Found")
_CONFLICT = "#set($context.responseOverride.status = 409)" + error_body("Conflict")
_FAILED = (
    "#set($type = \"$!input.path('$.__type')\")"
    '#if($type.contains("ConditionalCheckFailedException"))%s#elseif('
    '$type.contains("ValidationException"))'
    "#set($context.responseOverride.status = 400)" + error_body("Bad Request") + "#else"
    "" + error_body("Bad Gateway") + "#end"
)


@dataclass(frozen=True)
class DynamoDbTarget:
    """One call of DynamoDB on ``table``.

    ``key`` has sources by key attribute, ``item`` those by the attributes that are written.
    ``partition_key`` and ``sort_key`` are the table's. Of PutItem, ``create`` refuses an item that
    is there (409); UpdateItem changes one that is there (or 404). Of Query, ``limit`` is the most
    items of an answer, ``newest_first`` turns the order of the sort key round, ``after`` is the
    source of the sort key to go on after and ``next`` the property of the answer that has the next
    one.
    """

    action: Action
    table: str
    partition_key: str
    sort_key: str | None = None
    key: Mapping[str, str] = field(default_factory=dict)
    item: Mapping[str, str] = field(default_factory=dict)
    create: bool = False
    limit: int = 100
    newest_first: bool = False
    after: str | None = None
    next: str | None = None

    @property
    def resources(self) -> tuple[str, ...]:
        """What the environment must know: nothing, the table is the service's."""
        return ()

    @property
    def sources(self) -> list[str]:
        """Every source that it uses."""
        return [*self.key.values(), *self.item.values(), *([self.after] if self.after else [])]

    def call(
        self, operation: "Operation", contract: "Contract", deployed: Deployed, *, templated: bool
    ) -> Call:
        """The JSON protocol of DynamoDB."""
        del templated
        other = {"PutItem": self._put, "UpdateItem": self._update, "Query": self._query}
        make = other.get(self.action, self._of_key)
        return Call(
            "aws",
            deployed.service_uri("dynamodb", f"action/{self.action}"),
            templates={
                _JSON: f'{{"TableName":"{deployed.tables[self.table].name}"'
                f"{make(operation, contract)}}}"
            },
        )

    def _of_key(self, operation: "Operation", contract: "Contract") -> str:
        del operation, contract
        return f',"Key":{{{",".join(self._keys(self.key))}}}'

    @staticmethod
    def _keys(keys: Mapping[str, str]) -> Iterator[str]:
        for name, text in keys.items():
            yield f'"{without_vtl(name)}":{text_attribute(parse_source(text))}'

    def _put(self, operation: "Operation", contract: "Contract") -> str:
        keys = {name: text for name, text in self.item.items() if name in self._key_names}
        others = {name: text for name, text in self.item.items() if name not in keys}
        item = ",".join(self._keys(keys)) + "".join(members(others, operation, contract))
        unless = ""
        if self.create:
            unless = (
                ',"ConditionExpression":"attribute_not_exists(\\u0023k)"'
                f',"ExpressionAttributeNames":{{"\\u0023k":"{without_vtl(self.partition_key)}"}}'
            )
        return f',"Item":{{{item}}}{unless}'

    def _update(self, operation: "Operation", contract: "Contract") -> str:
        changed = update_members(self.item, self.partition_key, operation, contract)
        return self._of_key(operation, contract) + changed

    @property
    def _key_names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.partition_key, self.sort_key) if name)

    def _query(self, operation: "Operation", contract: "Contract") -> str:
        del operation, contract
        names = {f"\\u0023k{i}": name for i, name in enumerate(self.key)}
        condition = " AND ".join(f"{mark} = :k{i}" for i, mark in enumerate(names))
        values = ",".join(
            f'":k{i}":{text_attribute(parse_source(text))}'
            for i, text in enumerate(self.key.values())
        )
        marks = ",".join(f'"{mark}":"{without_vtl(name)}"' for mark, name in names.items())
        return (
            f',"KeyConditionExpression":"{condition}"'
            f',"ExpressionAttributeNames":{{{marks}}},"ExpressionAttributeValues":{{{values}}}'
            f',"Limit":{self.limit},"ScanIndexForward":{str(not self.newest_first).lower()}'
            + self._start()
        )

    def _start(self) -> str:
        if self.after is None or self.sort_key is None:
            return ""
        after = parse_source(self.after)
        start = ",".join(self._keys({**self.key, self.sort_key: self.after}))
        return f'#if({after.is_there}),"ExclusiveStartKey":{{{start}}}#end'

    def success(self, operation: "Operation", contract: "Contract") -> str | None:
        """The item, or the items, as the contract describes them."""
        schema = answer_schema(operation, contract)
        if self.action in ("PutItem", "DeleteItem") or schema is None:
            return NOTHING
        if self.action == "UpdateItem":
            changed = object_of(schema, "$item", contract)
            return f"#set($item = $input.path('$.Attributes')){changed}"
        if self.action == "GetItem":
            item = object_of(schema, "$item", contract)
            found = '#set($item = $input.path(\'$.Item\'))#if("$!item" == "")'
            return f"{found}{_NOT_FOUND}#else{item}#end"
        name, items = list_of(schema, contract)
        one = object_of(followed(items, contract), "$item", contract)
        listed = f"[#foreach($item in $input.path('$.Items')){one}#if($foreach.hasNext),#end#end]"
        return listed if name is None else f'{{"{without_vtl(name)}":{listed}{self._next()}}}'

    def _next(self) -> str:
        if self.next is None or self.sort_key is None:
            return ""
        path = f"$input.path('$.LastEvaluatedKey.{self.sort_key}.S')"
        there = f'"$!{path[1:]}" != ""'
        return f'#if({there}),"{without_vtl(self.next)}":"{escaped(path)}"#end'

    def answer(self, answer: Mapping[str, str]) -> str:
        """The body of success, of sources."""
        return answer_template(answer, {})

    @property
    def failed(self) -> str:
        """The body of a call that DynamoDB refuses."""
        return _FAILED.replace("%s", _NOT_FOUND if self.action == "UpdateItem" else _CONFLICT)

    def flaws(
        self, operation: "Operation", contract: "Contract", answer: Mapping[str, str]
    ) -> Iterator[Flaw]:
        """Keys that are not the table's, and answers that no template can make."""
        yield from dynamodb_flaws(self, operation, contract, answer)

    def permissions(self, deployed: Deployed) -> Iterator[Permission]:
        """This action on this table."""
        yield Permission(f"dynamodb:{self.action}", deployed.tables[self.table].arn)
