"""What runs inside the Lambda actions of a pipeline: checks of a deployed environment.

It stands on the standard library, urllib3 and boto3, which Lambda's Python runtime has.
"""
