"""Integrations of which API Gateway sends the answer on as it comes.

https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
"""
