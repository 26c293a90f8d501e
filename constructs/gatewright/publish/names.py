"""What is called how, at the place that a release publishes to."""

from dataclasses import dataclass

from gatewright.publish.published import LATEST


@dataclass(frozen=True)
class Names:
    """The names of one API's contracts and SDKs."""

    api: str

    @property
    def latest_contract(self) -> str:
        """The contract that the next release is compared with."""
        return f"{LATEST}/{self.api}.json"

    def contract_of(self, execution: str) -> str:
        """The contract as one release had it."""
        return f"openapi/{execution}/{self.api}.json"

    @property
    def begun(self) -> str:
        """Contract and changelog of the version whose publication began last, and maybe stopped."""
        return f"sdks/{self.api}/begun.json"

    @property
    def changelog(self) -> str:
        """What changed in each version, the newest first."""
        return f"sdks/{self.api}/CHANGELOG.md"

    @property
    def done(self) -> str:
        """The version whose SDKs are all there, with their languages and files."""
        return f"sdks/{self.api}/latest.json"

    def of(self, version: str, name: str) -> str:
        """A file of one version."""
        return f"sdks/{self.api}/{version}/{name}"
