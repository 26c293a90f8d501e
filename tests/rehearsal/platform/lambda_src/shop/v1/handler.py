"""The routes of the shop."""

from typing import Literal

from pydantic import BaseModel

from gatewright.runtime import RestApp
from shop.v1 import prices

app = RestApp()


class Open(BaseModel):
    """Whether the shop is open."""

    open: Literal["yes"]


@app.get("/", summary="Is it open", security=[{}])
def is_open() -> Open:
    """For everybody."""
    return Open(open="yes")


@app.get("/prices", summary="List the prices", security=[{"api_key": []}])
def list_prices() -> dict[str, int]:
    """For those with a key."""
    return prices.PRICES
