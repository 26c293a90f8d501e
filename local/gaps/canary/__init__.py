"""Canary releases of a stage, which ministack keeps as it is given them and does not serve.

https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
"""
