"""Reading an OpenAPI 3.0 document as API Gateway imports it.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
"""
