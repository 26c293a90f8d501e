"""Files of a build that go to a bucket."""

from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_codepipeline_actions as actions
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import pipelines

from gatewright.delivery.action_step import ActionStep


class PublishStep(ActionStep):
    """Unpacks ``files`` into ``bucket``, below ``prefix``, which may hold pipeline variables.

    AWS: "Amazon S3 deploy action reference".
    """

    def __init__(
        self,
        step_id: str,
        *,
        files: pipelines.FileSet,
        bucket: s3.IBucket,
        key: kms.IKey,
        prefix: str,
    ) -> None:
        super().__init__(step_id)
        self._files = files
        self._bucket = bucket
        self._key = key
        self._prefix = prefix
        self._add_dependency_file_set(files)

    def _action(
        self, name: str, run_order: float, artifacts: pipelines.ArtifactMap
    ) -> codepipeline.IAction:
        return actions.S3DeployAction(
            action_name=name,
            run_order=run_order,
            bucket=self._bucket,
            encryption_key=self._key,
            input=artifacts.to_code_pipeline(self._files),
            extract=True,
            object_key=self._prefix,
        )
