"""A description of any version, in any number of files, as one OpenAPI 3.0.3 document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gatewright.contract.authorizer import Authorizer
from gatewright.contract.contract import KeySource
from gatewright.contract.document import JsonObject
from gatewright.contract.normalise import used_schemes
from gatewright.contract.spec_first.bodies import Bodies
from gatewright.contract.spec_first.documentation import Documentation
from gatewright.contract.spec_first.extensions import extension_findings
from gatewright.contract.spec_first.files import SourceFiles
from gatewright.contract.spec_first.findings import Findings
from gatewright.contract.spec_first.gateway_rules import DOCUMENT_FIELDS
from gatewright.contract.spec_first.node import Node
from gatewright.contract.spec_first.operations import Operations
from gatewright.contract.spec_first.origins import Origins
from gatewright.contract.spec_first.parameters import Parameters
from gatewright.contract.spec_first.references import References
from gatewright.contract.spec_first.schemas import Schemas
from gatewright.contract.spec_first.security import Security
from gatewright.contract.spec_first.versions import version_of

if TYPE_CHECKING:
    from gatewright.integrations.integration import Integration

_INFO = ("description", "termsOfService", "contact", "license")


@dataclass(frozen=True)
class Unified:
    """The document; ``sources`` and ``integrations`` are the Contract's."""

    document: JsonObject
    sources: Mapping[str, str]
    origins: Origins
    integrations: "tuple[Integration, ...]" = ()


def unify(
    root: Node,
    files: SourceFiles,
    findings: Findings,
    *,
    name: str,
    key_source: KeySource,
    authorizers: tuple[Authorizer, ...] = (),
) -> Unified:
    """The document, without title and version. ``name`` is the service's.

    What cannot be taken as it is goes to ``findings``. Raises SpecError for what is no
    description.
    """
    version = version_of(root)
    references = References(files)
    schemas = Schemas(root.file, version, references, findings)
    documentation = Documentation(references, schemas)
    security = Security(root, version, name, key_source, authorizers, references, findings)
    operations = Operations(
        root,
        version,
        references,
        Parameters(version, references, schemas, documentation, findings),
        Bodies(root, references, schemas, documentation, findings),
        security,
        documentation,
        findings,
    )
    label = findings.operation
    document = _around(root, findings)
    document["paths"] = operations.paths()
    schemas.finish(operations.request_schemas)
    findings.operation = label
    components: JsonObject = {
        "securitySchemes": used_schemes(document["paths"], security.public_schemes)
    }
    if schemas.components:
        components["schemas"] = dict(sorted(schemas.components.items()))
    document["components"] = components
    origins = Origins({**operations.origins, **schemas.origins})
    return Unified(document, operations.sources, origins, tuple(operations.integrations))


def _around(root: Node, findings: Findings) -> JsonObject:
    """What stands beside the paths."""
    info = root.optional("info")
    kept = {} if info is None else {k: v for k, v in info.expect(dict).items() if k in _INFO}
    # OpenAPI 3.1 alone has it.
    if isinstance(kept.get("license"), dict):
        kept["license"] = {k: v for k, v in kept["license"].items() if k != "identifier"}
    out: JsonObject = {"openapi": "3.0.3", "info": kept}
    out |= {key: root.value[key] for key in ("tags", "externalDocs") if root.get(key)}
    out |= extension_findings(root, findings)
    for key, rule in DOCUMENT_FIELDS.items():
        if root.get(key):
            findings.note("documents", root.child(key), rule.text)
    return out
