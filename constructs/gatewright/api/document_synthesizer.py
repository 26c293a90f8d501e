"""Gateway documents that do not cross to the CDK."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_cdk import DefaultStackSynthesizer, FileAssetSource, ISynthesisSession, Stack

from gatewright.api.plain_document import NotPlainError, token_strings, written


class DocumentSynthesizer(DefaultStackSynthesizer):
    """Writes the documents of a stack's REST APIs into its template, with the CDK's own bytes.

    A document of many routes takes long to cross to Node, to be looked through for references, and
    to be resolved once more. So the CDK gets the strings with tokens alone, and finds and resolves
    them as ever; the rest is put around them once the template is written. A template is hashed
    after that. It serves one stack. AWS CDK: "Customize stack synthesis".
    """

    def __init__(self) -> None:
        super().__init__()
        self._documents: dict[str, tuple[str, tuple[str, ...]]] = {}

    def body(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """The ``body`` of a ``CfnRestApi`` that is to have ``document`` in the template."""
        try:
            tokens = token_strings(document)
        except NotPlainError:
            return document
        marker = f"gatewright:document:{len(self._documents)}"
        self._documents[marker] = (written(document), tokens)
        return {marker: list(tokens)}

    def reusable_bind(self, stack: Stack) -> "DocumentSynthesizer":
        """Bind to ``stack`` itself: the CDK's copies would not know what this one keeps."""
        self.bind(stack)
        return self

    def _synthesize_template(self, session: ISynthesisSession, *args: Any) -> FileAssetSource:
        source = super()._synthesize_template(session, *args)
        if not self._documents:
            return source
        file = Path(session.outdir) / str(source.file_name)
        template = file.read_text(encoding="utf-8")
        for marker, (document, tokens) in self._documents.items():
            template = _filled(template, marker, document, tokens)
        content = template.encode()
        file.write_bytes(content)
        return FileAssetSource(
            file_name=source.file_name,
            packaging=source.packaging,
            source_hash=hashlib.sha256(content).hexdigest(),
            deploy_time=source.deploy_time,
            display_name=source.display_name,
        )


def _filled(template: str, marker: str, document: str, tokens: tuple[str, ...]) -> str:
    """The template with the document in the place of what the CDK made of its tokens."""
    begin = re.search(rf'\{{\s*"{marker}":', template)
    if begin is None:
        return template
    found, end = json.JSONDecoder().raw_decode(template, begin.start())
    for token, resolved in zip(tokens, found[marker], strict=True):
        document = document.replace(written(token), written(resolved))
    return template[: begin.start()] + document + template[end:]
