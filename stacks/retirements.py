"""What `platform.yaml` says of contracts that are gone on purpose."""

from gatewright.compare import Declarations, Declared
from gatewright.config import Platform

_ANYWHERE = 0


def retirements(platform: Platform) -> Declarations:
    """A declaration for each retired version: that its contract is gone is written down there."""
    return {
        api.api_name: (
            Declared(
                kind="api-removed",
                operation="",
                place="",
                reason=f"retired on {api.lifecycle.retired}",
                line=_ANYWHERE,
            ),
        )
        for api in platform.apis
        if api.lifecycle is not None and api.lifecycle.retired is not None
    }


def joined(one: Declarations, other: Declarations) -> Declarations:
    """The declarations of both."""
    return {api: (*one.get(api, ()), *other.get(api, ())) for api in {**one, **other}}
