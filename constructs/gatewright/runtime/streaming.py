"""A Lambda runtime whose functions answer bit by bit.

Lambda's own runtime for Python sends an answer when it is whole. One of our own may stream it: AWS,
"Building a custom runtime for AWS Lambda", response streaming, and "Using the Lambda runtime API".

The function is a generator. It yields ``statusCode`` and ``headers`` first, and text or bytes after
them: AWS, "Set up a Lambda proxy integration with payload response streaming".

Started by the script ``stream`` beside this module, as AWS_LAMBDA_EXEC_WRAPPER.
"""

import base64
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from importlib import import_module
from typing import Any

from gatewright.runtime.lifecycle import lifecycle_headers, with_lifecycle_in_one

_API = "/2018-06-01/runtime"
_DELIMITER = b"\0" * 8
_TRACE_ID = "_X_AMZN_TRACE_ID"

Handler = Callable[[Any, Any], Iterator[Any]]


@dataclass(frozen=True, kw_only=True)
class StreamContext:
    """What a function is told of its invocation. ``deadline_ms`` is in milliseconds since 1970."""

    aws_request_id: str
    invoked_function_arn: str
    deadline_ms: int


def main() -> None:
    """Answer one invocation after the other, for as long as Lambda has some."""
    connection = HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:
        _tell(connection, f"{_API}/init/error", error)
        raise
    while True:
        serve(connection, handler)


def load(name: str) -> Handler:
    """The function ``module.function``, from the code's folder."""
    sys.path.insert(0, os.environ.get("LAMBDA_TASK_ROOT", "."))
    module, _, function = name.rpartition(".")
    found: Handler = getattr(import_module(module.replace("/", ".")), function)
    return found


def serve(connection: HTTPConnection, handler: Handler) -> None:
    """Take the next invocation and stream its answer, or tell what went wrong."""
    connection.request("GET", f"{_API}/invocation/next")
    response = connection.getresponse()
    event, headers = json.loads(response.read()), response.headers
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    os.environ[_TRACE_ID] = headers.get("Lambda-Runtime-Trace-Id", "")
    context = StreamContext(
        aws_request_id=request_id,
        invoked_function_arn=headers.get("Lambda-Runtime-Invoked-Function-Arn", ""),
        deadline_ms=int(headers.get("Lambda-Runtime-Deadline-Ms", 0)),
    )
    place = f"{_API}/invocation/{request_id}"
    try:
        chunks = handler(event, context)
        first = json.dumps(_metadata(next(chunks))).encode() + _DELIMITER
    except Exception as error:
        # Nothing was sent yet, so that the caller can still get a status.
        _tell(connection, f"{place}/error", error)
    else:
        _stream(connection, f"{place}/response", first, chunks)


def _metadata(given: Any) -> Any:
    """Status and headers, those of the version's lifecycle among them, where it is deprecated."""
    if not isinstance(given, dict) or not lifecycle_headers():
        return given
    return {**given, "headers": with_lifecycle_in_one(given.get("headers") or {})}


def _stream(connection: HTTPConnection, place: str, first: bytes, chunks: Iterator[Any]) -> None:
    connection.putrequest("POST", place)
    connection.putheader("Content-Type", "application/vnd.awslambda.http-integration-response")
    connection.putheader("Lambda-Runtime-Function-Response-Mode", "streaming")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.putheader("Trailer", "Lambda-Runtime-Function-Error-Type")
    connection.putheader("Trailer", "Lambda-Runtime-Function-Error-Body")
    connection.endheaders()
    connection.send(_framed(first))
    trailers = ""
    try:
        for chunk in chunks:
            data = chunk.encode() if isinstance(chunk, str) else bytes(chunk)
            if data:  # a chunk of no bytes is the last one
                connection.send(_framed(data))
    except Exception as error:
        trailers = _trailers(error)
    connection.send(f"0\r\n{trailers}\r\n".encode())
    connection.getresponse().read()


def _framed(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def _trailers(error: Exception) -> str:
    body = base64.b64encode(json.dumps(_told(error)).encode()).decode()
    return (
        f"Lambda-Runtime-Function-Error-Type: {type(error).__name__}\r\n"
        f"Lambda-Runtime-Function-Error-Body: {body}\r\n"
    )


def _tell(connection: HTTPConnection, place: str, error: Exception) -> None:
    headers = {"Lambda-Runtime-Function-Error-Type": f"Function.{type(error).__name__}"}
    connection.request("POST", place, json.dumps(_told(error)), headers)
    connection.getresponse().read()


def _told(error: Exception) -> dict[str, Any]:
    trace = traceback.format_exception(error)
    print(json.dumps({"level": "ERROR", "message": str(error), "stackTrace": trace}), flush=True)
    return {"errorType": type(error).__name__, "errorMessage": str(error), "stackTrace": trace}


if __name__ == "__main__":
    main()
