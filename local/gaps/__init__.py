"""What ministack lacks of the AWS that the platform relies on, filled in one place.

Each module adds one behaviour and names the page of AWS's documentation that describes it.
`table` is the table of contents, `pinned` the check that ministack is still the one
that these modules were written against.
"""

from __future__ import annotations


def fill() -> None:
    """Fill the gaps in the ministack of this process. Safe to call again.

    Raises `pinned.MovedError` when the installed ministack is not the one they are for.
    """
    from local.gaps import patch, pinned, table

    pinned.check()
    patch.apply(table.PATCHES)
    patch.apply_handlers(table.HANDLERS)
    patch.apply_resource_types(table.RESOURCE_TYPES)
    patch.apply_services(table.SERVICES)
