"""`make down`: stops the embedded AWS that `make up` started."""

from local.server_process import Stopped, stop
from local.up import FOLDER


def message(stopped: Stopped | None) -> str:
    """What was done, and what becomes of what was deployed."""
    if stopped is None:
        return "No embedded AWS of this folder runs."
    if stopped.in_time:
        return (
            f"Stopped the embedded AWS on port {stopped.port}. `make up` brings it back with what "
            "was deployed to it; `make reset` forgets that."
        )
    return (
        f"The embedded AWS on port {stopped.port} did not end when it was told to, and was killed. "
        "`make up` brings it back as it was saved last, at most some minutes ago."
    )


def main() -> None:
    """The command. What runs on the port but was not started here is left alone."""
    print(message(stop(FOLDER)))


if __name__ == "__main__":
    main()
