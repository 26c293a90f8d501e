"""The section `pipeline` of `platform.yaml` as it is written: how a git push is released."""

from typing import Annotated, get_args

from pydantic import Field

from gatewright.config.pipeline_checks import Checks
from gatewright.config.pipeline_values import (
    ApprovalHours,
    ArtifactDays,
    Branch,
    BucketName,
    BuildMinutes,
    Command,
    Comment,
    ConnectionArn,
    Email,
    Execution,
    HostedRepository,
    ObjectKey,
    OnFailure,
    PathPattern,
    RepositoryName,
    WaveName,
)
from gatewright.config.rules import one_of
from gatewright.config.sdks import Sdks
from gatewright.config.section import Section
from gatewright.config.values import AccountId, Region


class ConnectionSource(Section):
    """A repository at GitHub, GitLab or Bitbucket.

    AWS: "CodeStarSourceConnection for Bitbucket Cloud, GitHub, GitHub Enterprise Server,
    GitLab.com, and GitLab self-managed actions".
    """

    arn: ConnectionArn = Field(
        description="The connection, made once by hand: AWS asks its owner to log in at the host."
    )
    repository: HostedRepository = Field(description="<owner>/<repository>.")
    branch: Branch = Field("main", description="A push to this branch is released.")
    paths: tuple[PathPattern, ...] = Field(
        (), max_length=8, description="Only a push that touches one of these paths is released."
    )
    except_paths: tuple[PathPattern, ...] = Field(
        (), max_length=8, description="A push that touches nothing but these paths is not released."
    )


class CodeCommitSource(Section):
    """A CodeCommit repository in the pipeline's account and region."""

    repository: RepositoryName = Field(description="The name of the repository.")
    branch: Branch = Field("main", description="A push to this branch is released.")


class BucketSource(Section):
    """A zip in a versioned S3 bucket of the pipeline's account and region."""

    name: BucketName = Field(description="The bucket; it must have versions and EventBridge on.")
    key: ObjectKey = Field(description="The zip with the source; each new version is released.")


class Source(Section):
    """Where the source comes from: exactly one of these."""

    connection: ConnectionSource | None = Field(
        None, description="A repository at GitHub, GitLab or Bitbucket."
    )
    codecommit: CodeCommitSource | None = Field(None, description="A CodeCommit repository.")
    bucket: BucketSource | None = Field(None, description="A zip in an S3 bucket.")


class Build(Section):
    """What turns the source into what is released. It runs once for all environments."""

    commands: tuple[Command, ...] = Field(
        (
            *("make lint", "make contract-check", "make test LONG=yes", "make audit"),
            *("make sbom", "make synth", "make documents"),
        ),
        min_length=1,
        description="The commands, in order. They leave the cloud assembly in cdk.out, and the "
        "documents and the services' own checks in dist.",
    )
    minutes: BuildMinutes = Field(60, description="The minutes after which a build has failed.")


class Approval(Section):
    """A person says yes or no. A wave of its own, so that a no takes nothing back.

    AWS: "Add a manual approval action to a stage".
    """

    comment: Comment | None = Field(None, description="What the approver should look at.")
    emails: tuple[Email, ...] = Field(
        (), description="Who is asked by e-mail; each confirms the subscription once."
    )
    hours: ApprovalHours = Field(72, description="The hours after which nobody said yes: 1 to 336.")


class WaveFields(Section):
    """Environments deployed at the same time, or an approval."""

    environments: tuple[str, ...] = Field(
        (), description="The environments deployed in this wave, side by side."
    )
    checks: Checks = Field(Checks(), description="What is checked after that.")
    on_failure: Annotated[OnFailure, one_of(*get_args(OnFailure))] = Field(
        "rollback",
        description="What a failure in the wave does: rollback brings back what it had deployed "
        "before, retry tries the failed actions once more, fail leaves it to people.",
    )
    approval: Approval | None = Field(None, description="Ask a person, instead of environments.")


class PipelineFields(Section):
    """How a git push becomes a release."""

    account: AccountId = Field(description="The account of the pipeline: 12 digits in quotes.")
    region: Region = Field(description="The region of the pipeline, such as us-east-1.")
    source: Source = Field(description="Where the source comes from.")
    execution: Annotated[Execution, one_of(*get_args(Execution))] = Field(
        "superseded",
        description="What happens to a push while another is released: superseded lets a newer "
        "one overtake those that wait, queued releases each in turn.",
    )
    build: Build = Field(Build(), description="What turns the source into what is released.")
    notify: tuple[Email, ...] = Field(
        (), description="Who is told by e-mail when a release starts, waits, fails or is out."
    )
    sdks: Sdks = Field(Sdks(), description="The client SDKs that are published after the waves.")
    artifact_days: ArtifactDays = Field(
        90, description="The days that artifacts and reports are kept, 1 to 3650."
    )


class PipelineSection(PipelineFields):
    """The whole section, with its waves by name."""

    waves: dict[WaveName, WaveFields] = Field(
        min_length=1, description="What is deployed and asked, one wave after the other, by name."
    )
