"""A user made by an operator, or by a test, and not by signing up."""

import contextlib
from typing import Any


def put_user(cognito: Any, user_pool_id: str, email: str, password: str) -> None:
    """Make a user with a verified address unless there is one, and set the password.

    ``cognito`` is a boto3 client of cognito-idp. No e-mail is sent. AWS: AdminCreateUser,
    AdminSetUserPassword.
    """
    with contextlib.suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(
            UserPoolId=user_pool_id,
            Username=email,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": email},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
    cognito.admin_set_user_password(
        UserPoolId=user_pool_id, Username=email, Password=password, Permanent=True
    )
