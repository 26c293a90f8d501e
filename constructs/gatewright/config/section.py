"""What every section of `platform.yaml` has in common."""

import re

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A mapping in the file: no unknown fields, no conversions, and frozen."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        model_title_generator=lambda model: re.sub("Fields$|Section$", "", model.__name__),
    )
