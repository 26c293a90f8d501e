"""An ordinary Flask application, which knows nothing of Lambda."""

from flask import Flask, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

app = Flask(__name__)

PIXEL = bytes(range(256))


@app.get("/")
def index() -> Response:
    """Where the other pages are."""
    return jsonify(item=url_for("item", name="a b"))


@app.route("/items/<path:name>", methods=["GET", "PUT", "DELETE"])
def item(name: str) -> Response:
    """What came, as Flask sees it."""
    return jsonify(
        name=name,
        method=request.method,
        tags=request.args.getlist("tag"),
        body=request.get_data(as_text=True),
        form=request.form.to_dict(),
        script=request.script_root,
        accepts=request.headers.getlist("X-Tag"),
    )


@app.post("/upload")
def upload() -> Response:
    """The bytes that came, as they are."""
    return Response(request.get_data(), mimetype="application/octet-stream")


@app.get("/pixel.bin")
def pixel() -> Response:
    """Every byte that there is."""
    return Response(PIXEL, mimetype="application/octet-stream")


@app.get("/cookies")
def cookies() -> Answer:
    """Two headers of one name, and a redirection."""
    answer = redirect(url_for("index"))
    answer.set_cookie("a", "1")
    answer.set_cookie("b", "2")
    return answer
