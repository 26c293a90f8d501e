"""`make down`: stops the embedded AWS that `make up` started."""

from local.server_process import stop
from local.up import FOLDER


def main() -> None:
    """The command. What runs on the port but was not started here is left alone."""
    stopped = stop(FOLDER)
    if stopped:
        print(f"Stopped the embedded AWS on port {stopped.port}. What was deployed to it is gone.")
    else:
        print("No embedded AWS of this folder runs.")


if __name__ == "__main__":
    main()
