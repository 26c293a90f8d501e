"""What a stage may still use is kept when the next release leaves it out of the template."""

from aws_cdk import CfnDeletionPolicy, CfnResource


def keep_for_rollback(resource: CfnResource) -> None:
    """Keep ``resource`` when it leaves the template, but not when its first deployment fails.

    API Gateway spreads a stage update over seconds, while CloudFormation's clean-up deletes at
    once what the new template no longer names. ``RetainExceptOnCreate`` keeps the previous
    release whole for those seconds and for an instant rollback, and still lets a failed
    deployment take away what it had made. A function that is itself replaced takes its versions
    with it, which is why its logical id is pinned by a test. AWS: "DeletionPolicy attribute".
    """
    resource.cfn_options.deletion_policy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE
    resource.cfn_options.update_replace_policy = CfnDeletionPolicy.RETAIN
