"""What changes attributes of an item that is there, as DynamoDB's UpdateItem takes it.

AWS: DynamoDB API Reference, UpdateItem; "Update expressions". Names and values that the expression
does not use are refused there, so what a request does not have is in none of the three.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from gatewright.integrations.attributes import attribute, kind_of, may_be_absent
from gatewright.integrations.sources import parse_source, without_vtl

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

# A number sign would begin VTL.
_MARK = "\\u0023"


def update_members(
    item: Mapping[str, str], partition_key: str, operation: "Operation", contract: "Contract"
) -> str:
    """The members of the request that change the attributes of ``item``, and answer all of it."""

    def each(part: Callable[[int, str, str], str]) -> str:
        made = ['#set($comma = "")']
        for number, (name, text) in enumerate(item.items()):
            source = parse_source(text)
            kind = kind_of(source, operation, contract) or "S"
            one = f'$comma{part(number, name, attribute(source, kind))}#set($comma = ",")'
            absent = may_be_absent(source, operation, contract)
            made.append(f"#if({source.is_there}){one}#end" if absent else one)
        return "".join(made)

    sets = each(lambda number, _name, _value: f"{_MARK}a{number} = :a{number}")
    names = each(lambda number, name, _value: f'"{_MARK}a{number}":"{without_vtl(name)}"')
    values = each(lambda number, _name, value: f'":a{number}":{value}')
    sources = [parse_source(text) for text in item.values()]
    changes = f',"UpdateExpression":"SET {sets}","ExpressionAttributeValues":{{{values}}}'
    if all(may_be_absent(source, operation, contract) for source in sources):
        # Neither may be empty, and without them nothing is changed.
        changes = f"#if({' || '.join(source.is_there for source in sources)}){changes}#end"
    return (
        f'{changes},"ConditionExpression":"attribute_exists({_MARK}k)"'
        f',"ExpressionAttributeNames":{{{names}$comma"{_MARK}k":"{without_vtl(partition_key)}"}}'
        ',"ReturnValues":"ALL_NEW"'
    )
