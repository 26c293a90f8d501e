"""What the routes stand on, made on the first request and kept as long as the function is warm."""

import os
from functools import cache

from foods.v2.stock import Stock


@cache
def stock() -> Stock:
    """The stock in the table that the platform names."""
    # Botocore is half of a cold start. Here it is off the path of requests that are refused.
    import botocore.session
    from botocore.config import Config

    from foods.v2.dynamodb_store import DynamoDbFoodStore

    # A caller waits ten seconds at most, and three tries have to fit.
    config = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard"})
    client = botocore.session.get_session().create_client("dynamodb", config=config)
    return Stock(DynamoDbFoodStore(client, os.environ["TABLE_STOCK"]))
