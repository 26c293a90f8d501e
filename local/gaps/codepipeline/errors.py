"""What CodePipeline refuses, in the shape in which AWS refuses it."""

from __future__ import annotations


class RefusedError(Exception):
    """A request that CodePipeline does not take. ``code`` is the name of AWS's exception."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def validation_error(violations: list[str]) -> RefusedError:
    """All that is wrong with the form of a request, as AWS says it."""
    errors = "validation error" if len(violations) == 1 else "validation errors"
    text = "; ".join(violations)
    return RefusedError("ValidationException", f"{len(violations)} {errors} detected: {text}")
