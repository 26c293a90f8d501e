"""Findings of cdk-nag that we know of and accept, each for one construct and one reason."""

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct


def acknowledge(construct: IConstruct, rule: str, reason: str) -> None:
    """Accept ``rule`` of the AwsSolutions pack for ``construct`` and what is below it.

    ``rule`` is a rule's name, with the finding in brackets where a rule has several:
    ``IAM5[Resource::*]``. ``reason`` is read by auditors.
    """
    Validations.of(construct).acknowledge(Acknowledgment(id=f"AwsSolutions-{rule}", reason=reason))
