"""Where a pipeline keeps what its actions hand to each other."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from gatewright.operations.findings import acknowledge


class ArtifactStore(Construct):
    """An encrypted bucket whose objects expire.

    ``days`` is how long an object is kept, None for ever: CodePipeline rolls a stage back to
    artifacts that are still there. ``purpose`` says what the key encrypts. The key is of the
    customer's own, since artifacts cross accounts (AWS: "Create a pipeline in CodePipeline that
    uses resources from another AWS account").
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, days: int | None, purpose: str
    ) -> None:
        super().__init__(scope, construct_id)
        self.days = days
        self.key = self._key(purpose)
        self.bucket = self._bucket(days)
        self._acknowledge()

    def _key(self, purpose: str) -> kms.Key:
        return kms.Key(
            self,
            "Key",
            description=f"Encrypts {purpose}",
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.RETAIN,
        )

    def _bucket(self, days: int | None) -> s3.Bucket:
        return s3.Bucket(
            self,
            "Bucket",
            encryption=s3.BucketEncryption.KMS,
            encryption_key=self.key,
            bucket_key_enabled=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            lifecycle_rules=[
                s3.LifecycleRule(
                    expiration=Duration.days(days) if days else None,
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                )
            ],
            # It empties itself, and what it holds may be what a rollback needs.
            removal_policy=RemovalPolicy.RETAIN,
        )

    def _acknowledge(self) -> None:
        acknowledge(
            self.bucket,
            "S1",
            "Written and read by the pipeline's own roles only, which CloudTrail records; a log of "
            "server access would need a bucket of its own for what expires.",
        )
