"""`paths` become the tree of resources.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from local.gaps.openapi.document import Document
from local.gaps.openapi.methods import Methods
from local.gaps.openapi.tree import Ids, Record, Records

_PART = re.compile(r"[A-Za-z0-9._:$-]+|\{[A-Za-z0-9._:$-]+\+?\}")
_VERBS = {
    "get": "GET",
    "post": "POST",
    "put": "PUT",
    "delete": "DELETE",
    "patch": "PATCH",
    "head": "HEAD",
    "options": "OPTIONS",
    "x-amazon-apigateway-any-method": "ANY",
}


@dataclass(frozen=True)
class Resources:
    """The resources of an API by id, and by path while the tree grows."""

    document: Document
    ids: Ids
    records: Records = field(default_factory=dict)
    by_path: dict[str, Record] = field(default_factory=dict)

    @classmethod
    def read(cls, document: Document, ids: Ids, methods: Methods) -> Resources:
        """The tree of all paths of the document, with their methods."""
        resources = cls(document, ids)
        resources._at("/")
        for path, node in document.section("paths").items():
            item = document.resolve(node)
            resource = resources._at(path)
            for key, verb in _VERBS.items():
                if key in item:
                    resource["resourceMethods"][verb] = methods.read(
                        verb, path, resource["id"], item, item[key]
                    )
        return resources

    def _at(self, path: str) -> Record:
        """The resource at this path, made with its parents when it is not there yet."""
        normal = "/" + path.strip("/")
        if normal in self.by_path:
            return self.by_path[normal]
        parent = None
        if normal != "/":
            parent = self._at(normal.rpartition("/")[0] or "/")
            self._check_part(parent, normal)
        resource: Record = {
            "id": self.ids.of(normal),
            "parentId": parent["id"] if parent else None,
            "pathPart": normal.rpartition("/")[2],
            "path": normal,
            "resourceMethods": {},
        }
        self.records[resource["id"]] = self.by_path[normal] = resource
        return resource

    def _check_part(self, parent: Record, path: str) -> None:
        part = path.rpartition("/")[2]
        if not _PART.fullmatch(part):
            self.document.refuse(
                f"Invalid path part '{part}' of path '{path}': use letters, digits, . _ : - "
                "or one {variable} for the whole part"
            )
        siblings = [r["pathPart"] for r in self.records.values() if r["parentId"] == parent["id"]]
        other = next((name for name in siblings if name.startswith("{")), None)
        if part.startswith("{") and other:
            self.document.refuse(
                f"A sibling ({other}) of path '{path}' already has a variable path part: "
                "only one unique variable path part is allowed"
            )
