"""An ordinary Chalice app."""

from typing import Any

from chalice import Chalice, CognitoUserPoolAuthorizer, Response

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
