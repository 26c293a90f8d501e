"""Puts scopes into the access tokens of users: those that their groups stand for.

A user who signs in to a pool gets no scopes of resource servers; machines ask for theirs. This is
the code of the pool's trigger. It is one file without imports from beside it, since it is deployed
as the text that it is. AWS: "Pre token generation Lambda trigger", version 2.
"""

from typing import Any


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Grant the scope ``foods/write`` to members of the group ``foods/write``, and so on.

    A group without a slash is nobody's scope. Which groups there are is for the platform and for
    operators to say: users cannot add themselves to one.
    """
    groups = event["request"].get("groupConfiguration", {}).get("groupsToOverride") or []
    granted = [group for group in groups if "/" in group]
    event["response"]["claimsAndScopeOverrideDetails"] = {
        "accessTokenGeneration": {"scopesToAdd": granted}
    }
    return event
