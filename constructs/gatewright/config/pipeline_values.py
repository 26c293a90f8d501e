"""What single values of the section `pipeline` may be."""

from typing import Annotated, Literal

from gatewright.config.rules import text, whole

# Names of stages that the pipeline makes itself, and that a wave cannot have.
_TAKEN = "(?!(?:source|build|assets|accounts|sdks)$)"
WaveName = Annotated[
    str,
    text(
        rf"{_TAKEN}[a-z][a-z0-9-]{{0,19}}",
        "1 to 20 lower-case letters, digits and hyphens, a letter first; "
        "not source, build, assets, accounts or sdks, which the pipeline has of itself",
    ),
]
# https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html
ConnectionArn = Annotated[
    str,
    text(
        r"arn:aws[a-z-]*:(?:codeconnections|codestar-connections):[a-z0-9-]+:[0-9]{12}:"
        r"connection/[0-9a-f-]+",
        "the ARN of a connection, arn:aws:codeconnections:<region>:<account>:connection/<id>",
    ),
]
HostedRepository = Annotated[
    str,
    text(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)+", "<owner>/<repository>, as the host shows it"),
]
RepositoryName = Annotated[
    str, text(r"[A-Za-z0-9._-]{1,100}", "1 to 100 letters, digits and . _ -")
]
Branch = Annotated[
    str,
    text(
        r"(?![-/.])(?!.*(?:\.\.|//|@\{))[^\s~^:?*\[\\]{1,255}(?<![/.])",
        "the name of a branch, such as main",
    ),
]
# https://docs.aws.amazon.com/codepipeline/latest/userguide/syntax-glob.html
PathPattern = Annotated[
    str, text(r"[^\s,]{1,255}", "a path or glob of the repository, such as lambda_src/**")
]
BucketName = Annotated[
    str,
    text(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of an S3 bucket, 3 to 63 characters"),
]
ObjectKey = Annotated[str, text(r"[^\s]{1,1024}", "the key of an S3 object, such as source.zip")]
Command = Annotated[str, text(r"[^\n]*\S[^\n]*", "a command of the shell on one line")]
Email = Annotated[str, text(r"[^@\s]+@[^@\s]+\.[^@\s]+", "an e-mail address")]
HttpsUrl = Annotated[
    str,
    text(
        r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/\S*)?"
        r"|http://(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?(?:/\S*)?",
        "https://<host>/<path>; http only for this machine's own localhost",
    ),
]
IndexUrl = Annotated[
    str,
    text(
        r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/\S*)?"
        r"|http://(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?(?:/\S*)?|file:///\S+",
        "https://<host>/<path>; http only for this machine's own localhost, or file:///<path>",
    ),
]
SecretName = Annotated[
    str,
    text(r"[A-Za-z0-9/_+=.@-]{1,255}", "the name of a secret in Secrets Manager"),
]
Comment = Annotated[str, text(r"[^\n]{1,500}", "1 to 500 characters on one line")]

Execution = Literal["superseded", "queued"]
OnFailure = Literal["rollback", "retry", "fail"]
OnOutage = Literal["block", "warn"]
AnswerMode = Literal["poll", "callback"]

# An AWS Lambda function of a check runs for 15 minutes at most and is called again, by which
# CodePipeline waits for a day: https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
CheckMinutes = Annotated[int, whole(1, 720, "minutes")]
# https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html
BuildMinutes = Annotated[int, whole(5, 480, "minutes")]
# Who has not answered in two weeks will not; AWS would wait for up to 60 days
# (https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html).
ApprovalHours = Annotated[int, whole(1, 336, "hours")]
ArtifactDays = Annotated[int, whole(1, 3650, "days")]
