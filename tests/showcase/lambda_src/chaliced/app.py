"""An ordinary Chalice app."""

from typing import Any

from chalice import (
    AuthResponse,
    Chalice,
    CognitoUserPoolAuthorizer,
    IAMAuthorizer,
    Response,
)
from chalice.app import AuthRequest

from chaliced.chalicelib.rooms import rooms

app = Chalice(app_name="hotel")
app.register_blueprint(rooms, url_prefix="/rooms")

guests = CognitoUserPoolAuthorizer(
    "guests", provider_arns=["arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_a"]
)


@app.route("/")
def index() -> dict[str, str]:
    """Anybody."""
    return {"hello": "world"}


@app.route("/bookings", methods=["POST"], authorizer=guests, cors=True)
def book() -> dict[str, Any]:
    """A guest's booking."""
    request = app.current_request
    return {"body": request.json_body, "guest": request.context["authorizer"]["claims"]["sub"]}


@app.route("/photos", methods=["PUT"], content_types=["image/png"], api_key_required=True)
def photo() -> Response:
    """The bytes that came, as they are."""
    body = app.current_request.raw_body
    return Response(body, headers={"Content-Type": "image/png"})


@app.authorizer()
def doorman(request: AuthRequest) -> AuthResponse:
    """Who knows the word may see the cellar."""
    known = request.token == "sesame"
    return AuthResponse(routes=["/cellar"] if known else [], principal_id="guest")


@app.route("/cellar", authorizer=doorman)
def cellar() -> dict[str, str]:
    """Whom the doorman let in."""
    return {"principal": app.current_request.context["authorizer"]["principalId"]}


@app.route("/ledger", authorizer=IAMAuthorizer())
def ledger() -> dict[str, int]:
    """For those who sign what they ask."""
    return {"guests": 1}
