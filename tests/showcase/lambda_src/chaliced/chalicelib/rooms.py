"""Routes in a file of their own."""

from typing import Any

from chalice import Blueprint

rooms = Blueprint(__name__)


@rooms.route("/{number}", methods=["GET", "DELETE"], api_key_required=True)
def room(number: str) -> dict[str, Any]:
    """One room."""
    return {"number": number, "method": rooms.current_request.method}
