"""What answers an operation in place of the version's function, as data.

Pure Python, without the CDK. AWS: "Choose an API Gateway API integration type",
"x-amazon-apigateway-integration object". Nothing is imported here: platform.yaml is read with a
few words of this package, and most platforms need no more of it.
"""
