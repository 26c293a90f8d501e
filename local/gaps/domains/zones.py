"""Hosted zones that are there before a platform is: a record may name one that no stack made.

On AWS a record in an unknown zone is refused. Here nobody could have made the zone, and a platform
that has a domain could not be rehearsed, so that zone is made when it is first named.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.patch import PROVISIONERS, Function, HandlerPatch, Patch


def there(original: Function) -> Function:
    """Make the zone of the id, for the names beside the record's."""

    def create(logical_id: str, properties: Mapping[str, Any], stack_name: str) -> Any:
        from ministack.services import route53

        zone_id = str(properties.get("HostedZoneId") or "").removeprefix("/hostedzone/")
        if zone_id and zone_id not in route53._zones:
            name = str(properties["Name"]).rstrip(".").partition(".")[2] + "."
            route53._zones[zone_id] = {
                "id": zone_id,
                "name": name,
                "caller_reference": zone_id,
                "comment": "",
                "private": False,
            }
            route53._records[zone_id] = route53._default_records(name)
        return original(logical_id, properties, stack_name)

    return create


PATCHES = (Patch(PROVISIONERS, "_r53_record_set_create", there),)
HANDLERS = (HandlerPatch("AWS::Route53::RecordSet", (("create", "_r53_record_set_create"),)),)
