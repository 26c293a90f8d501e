"""The second version: routes."""

from gatewright.runtime import RestApp

app = RestApp()


@app.get("/teas/<name>", summary="Get a tea", security=[{}])
def get_tea(name: str) -> dict[str, str]:
    return {"version": "v2", "name": name, "path": app.current_event.path}
