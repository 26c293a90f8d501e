"""What answers an operation in place of the function, as `platform.yaml` writes it."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from gatewright.config.rules import one_of, text, whole
from gatewright.config.section import Section
from gatewright.config.stage_variables import ResourceName
from gatewright.config.values import AttributeName, Function, TableName
from gatewright.integrations.sources import FORM, PATTERN

Source = Annotated[str, text(PATTERN, FORM)]
AnswerSource = Annotated[
    str, text(rf"result\.[A-Za-z]+|{PATTERN}", f"result.<field of the service's>, or {FORM}")
]
TemplateFile = Annotated[
    str,
    text(
        r"[A-Za-z_][A-Za-z0-9_]*(?:/(?!\.)[A-Za-z0-9_.-]+)+",
        "a file below lambda_src/, such as shop/v1/put.vtl",
    ),
]
Target = Annotated[
    str,
    text(
        r"[a-z][a-z0-9-]{0,39}|arn:[a-z-]+:[a-z]+:[a-z0-9{}-]*:[0-9a-z{}]*:[^\s\"$#\\]+",
        "a name from the environments' resources, or an ARN",
    ),
]
Url = Annotated[
    str,
    text(
        r"https?://(?:[A-Za-z0-9.-]|\$\{stageVariables\.[^}\s]*\})+(?::[0-9]{1,5})?"
        r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@%/-]|\{[A-Za-z0-9_.-]+\+?\}"
        r"|\$\{stageVariables\.[^}\s]*\})*)?",
        "http:// or https://, a host, and a path in which {name} is a parameter of the operation",
    ),
]
Status = Annotated[str, text(r"[2-5][0-9][0-9]", "a status from 200 to 599 in quotes")]
ParameterName = Annotated[
    str,
    text(r"(?:header|query|path)\.[A-Za-z0-9:._$-]+", "header.<Name>, query.<name> or path.<name>"),
]
HeaderName = Annotated[str, text(r"[A-Za-z0-9-]+", "the name of a header")]
HeaderSource = Annotated[
    str,
    text(
        r"integration\.response\.(?:header\.[A-Za-z0-9-]+|body\.[A-Za-z0-9_.\[\]]+)"
        r"|context\.[A-Za-z0-9_.]+|stageVariables\.[A-Za-z0-9_]+|'[^'\n]*'",
        "integration.response.header.<Name>, integration.response.body.<path>, "
        "context.<variable>, stageVariables.<name>, or a text in single quotes",
    ),
]
MediaType = Annotated[str, text(r"[a-z0-9.+-]+/[a-z0-9.+*-]+", "a media type such as text/plain")]
Text = Annotated[str, text(r"[^\n\"]{1,128}", "1 to 128 characters on one line without quotes")]


class LambdaFields(Section):
    """A function of the service."""

    handler: Function | None = Field(
        None,
        description="<folder>.<module>:<function> below lambda_src/, in the folder of the version; "
        "the version's own function when absent.",
    )
    wait: bool = Field(
        True, description="Whether the answer waits for the function. Otherwise it begins later."
    )


class HttpFields(Section):
    """An HTTP endpoint."""

    url: Url = Field(
        description="Where requests go: https://host/path with {parameters} of the path and "
        "${stageVariables.name} in it."
    )
    method: (
        Annotated[str, one_of("GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS")] | None
    ) = Field(None, description="The method of the request; the operation's when absent.")
    verify_tls: bool = Field(
        True, description="Whether the endpoint's certificate must be of a known authority."
    )
    pass_credentials: bool = Field(
        False, description="Whether the caller's token and API key are handed on."
    )
    vpc_link: ResourceName | None = Field(
        None, description="A VPC link from the environments' vpc_links that leads there."
    )


class MockFields(Section):
    """An answer that the gateway gives itself."""

    status: Annotated[int, whole(200, 599, "the status")] | None = Field(
        None, description="The status; the lowest success of the contract when absent."
    )
    body: Any = Field(
        None, description="The body as JSON; the example of the contract's answer when absent."
    )


class DynamoDbFields(Section):
    """A call of DynamoDB on a table of the service."""

    action: Annotated[str, one_of("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query")] = (
        Field(description="GetItem, PutItem, UpdateItem, DeleteItem or Query.")
    )
    table: TableName = Field(description="A table of the service.")
    key: dict[AttributeName, Source] = Field(
        {}, description="Where the key's values come from, by attribute."
    )
    item: dict[AttributeName, Source] = Field(
        {}, description="Of PutItem and UpdateItem: where values come from, by attribute."
    )
    create: bool = Field(False, description="Of PutItem: an item that is there is a 409.")
    limit: Annotated[int, whole(1, 1000, "items")] = Field(
        100, description="Of Query: the most items of an answer."
    )
    newest_first: bool = Field(
        False, description="Of Query: whether the largest sort key comes first."
    )
    after: Source | None = Field(
        None, description="Of Query: where the sort key comes from after which the answer begins."
    )
    next: AttributeName | None = Field(
        None, description="Of Query: the property of the answer with the key to go on after."
    )


class SqsFields(Section):
    """A queue that is sent a message."""

    queue: Target = Field(description="The queue: an ARN, or a name from resources.")
    message: Source = Field("body", description="What is sent; the whole body when absent.")
    group: Source | None = Field(None, description="The message group, of a FIFO queue.")
    deduplication: Source | None = Field(None, description="What repeated messages are known by.")


class StepFunctionsFields(Section):
    """A state machine of which an execution is started."""

    state_machine: Target = Field(description="The state machine: an ARN, or a name.")
    input: Source = Field("body", description="The input; the whole body when absent.")
    name: Source | None = Field(None, description="The name of the execution.")
    wait: bool = Field(
        False, description="Whether the output is the answer: for express workflows."
    )


class EventBridgeFields(Section):
    """An event bus on which an event is put."""

    bus: Target = Field(description="The event bus: an ARN, or a name from resources.")
    source: Text = Field(description="The event's source, such as shop.orders.")
    detail_type: Text = Field(description="The event's detail type, such as OrderPlaced.")
    detail: Source = Field("body", description="The event's detail; the whole body when absent.")


class ResponseFields(Section):
    """How answers of the backend become answers of one status."""

    when: str | None = Field(
        None,
        description="A regular expression of the backend's status, or of a function's error "
        "message. By default the status itself.",
    )
    template: TemplateFile | None = Field(
        None, description="What makes the body: a VTL file below lambda_src/."
    )
    headers: dict[HeaderName, HeaderSource] = Field(
        {}, description="Where headers come from, by name."
    )


KINDS = ("lambda", "http", "mock", "dynamodb", "sqs", "stepfunctions", "eventbridge")


class IntegrationFields(Section):
    """What answers one operation: one of the kinds, and how requests become its requests."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": [kind]} for kind in KINDS]},
        populate_by_name=True,
    )

    function: LambdaFields | None = Field(
        None, alias="lambda", description="A function of the service."
    )
    http: HttpFields | None = Field(None, description="An HTTP endpoint.")
    mock: MockFields | None = Field(None, description="An answer of the gateway itself.")
    dynamodb: DynamoDbFields | None = Field(None, description="A table of the service.")
    sqs: SqsFields | None = Field(None, description="A queue.")
    stepfunctions: StepFunctionsFields | None = Field(None, description="A state machine.")
    eventbridge: EventBridgeFields | None = Field(None, description="An event bus.")
    request_template: TemplateFile | None = Field(
        None, description="What makes the backend's request of JSON: a VTL file below lambda_src/."
    )
    request_templates: dict[MediaType, TemplateFile] = Field(
        {}, description="The same by the media type of the request."
    )
    parameters: dict[ParameterName, Source] = Field(
        {}, description="Where parameters of the backend's request come from, by name."
    )
    responses: dict[Status, ResponseFields] = Field(
        {}, description="How the backend's answers become the operation's, by status."
    )
    answer: dict[AttributeName, AnswerSource] = Field(
        {}, description="Of AWS services: where the properties of the answer come from."
    )
    timeout_ms: Annotated[int, whole(50, 29000, "milliseconds")] = Field(
        29000,
        description="The milliseconds after which the backend is given up, 50 to 29000.",
    )
    content_handling: Annotated[str, one_of("to_binary", "to_text")] | None = Field(
        None, description="Whether bodies become bytes or text on their way to the backend."
    )
    validates: bool = Field(
        False, description="Whether the backend checks what API Gateway does not."
    )
