"""What the routes stand on, made on the first request and kept as long as the function is warm."""

import os
from functools import cache

from foods.v2.stock import Stock


@cache
def stock() -> Stock:
    """The stock in the table that the platform names."""
    # The AWS SDK and its tracing are half of a cold start. Here they are off the path of requests
    # that are refused before they need the table.
    import botocore.session
    from aws_lambda_powertools import Tracer
    from botocore.config import Config

    from foods.v2.dynamodb_store import DynamoDbFoodStore

    # Each call to DynamoDB becomes a part of the request's trace.
    Tracer(patch_modules=("botocore",))

    # A caller waits ten seconds at most, and three tries have to fit.
    config = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard"})
    client = botocore.session.get_session().create_client("dynamodb", config=config)
    return Stock(DynamoDbFoodStore(client, os.environ["TABLE_STOCK"]))
