"""Which status tells a caller of which mistake."""

from http import HTTPStatus

from foods.v2 import food
from foods.v2.etags import InvalidETagError
from foods.v2.paging import EmptyRangeError, InvalidCursorError

STATUS: dict[type[Exception], HTTPStatus] = {
    EmptyRangeError: HTTPStatus.BAD_REQUEST,
    InvalidCursorError: HTTPStatus.BAD_REQUEST,
    InvalidETagError: HTTPStatus.BAD_REQUEST,
    food.FoodNotFoundError: HTTPStatus.NOT_FOUND,
    food.FoodExistsError: HTTPStatus.CONFLICT,
    food.BusyError: HTTPStatus.CONFLICT,
    food.RevisionMismatchError: HTTPStatus.PRECONDITION_FAILED,
    food.KeyReusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
}
