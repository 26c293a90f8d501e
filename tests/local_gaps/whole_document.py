"""One document with everything that an import brings, for the tests of importing and updating."""

from __future__ import annotations

from typing import Any

from tests.local_gaps.running import ACCOUNT, REGION, lambda_uri

FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:any"
POOL = f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{REGION}_pool"
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "*"}
    ],
}


def whole() -> dict[str, Any]:
    """A fresh copy of the document."""
    return {
        "openapi": "3.0.1",
        "info": {"title": "whole", "version": "2.0", "description": "everything"},
        "x-amazon-apigateway-request-validators": {
            "all": {"validateRequestBody": True, "validateRequestParameters": True},
            "params-only": {"validateRequestBody": False, "validateRequestParameters": True},
        },
        "x-amazon-apigateway-request-validator": "params-only",
        "x-amazon-apigateway-binary-media-types": ["image/png"],
        "x-amazon-apigateway-api-key-source": "HEADER",
        "x-amazon-apigateway-minimum-compression-size": 1024,
        "x-amazon-apigateway-policy": POLICY,
        "x-amazon-apigateway-gateway-responses": {
            "BAD_REQUEST_BODY": {
                "statusCode": 422,
                "responseParameters": {"gatewayresponse.header.X-Kind": "'body'"},
                "responseTemplates": {"application/json": '{"why": $context.error.messageString}'},
            }
        },
        "components": _components(),
        "security": [{"key": []}],
        "paths": {"/pets/{id}": _pets(), "/proxy/{rest+}": _proxy(), "/open": _open()},
    }


def _components() -> dict[str, Any]:
    return {
        "schemas": {
            "Name": {"type": "string", "minLength": 2},
            "Pet": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": {"$ref": "#/components/schemas/Name"}},
            },
        },
        "parameters": {
            "limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}},
            "trace": {"name": "X-Trace", "in": "header", "required": True},
        },
        "responses": {"Gone": {"description": "gone", "headers": {"X-Gone": {"schema": {}}}}},
        "securitySchemes": {
            "key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
            "pool": {
                "type": "apiKey",
                "name": "Authorization",
                "in": "header",
                "x-amazon-apigateway-authtype": "cognito_user_pools",
                "x-amazon-apigateway-authorizer": {
                    "type": "cognito_user_pools",
                    "providerARNs": [POOL],
                },
            },
            "custom": {
                "type": "apiKey",
                "name": "X-Token",
                "in": "header",
                "x-amazon-apigateway-authtype": "custom",
                "x-amazon-apigateway-authorizer": {
                    "type": "token",
                    "authorizerUri": lambda_uri(FUNCTION),
                    "authorizerResultTtlInSeconds": 0,
                    "identityValidationExpression": "^x.*",
                },
            },
        },
    }


def _pets() -> dict[str, Any]:
    return {
        "parameters": [
            {"name": "id", "in": "path", "required": True},
            {"$ref": "#/components/parameters/limit"},
        ],
        "put": {
            "operationId": "putPet",
            "security": [{"pool": ["pets/write"]}, {"key": []}],
            "parameters": [
                {"$ref": "#/components/parameters/trace"},
                {"name": "limit", "in": "query", "required": True},
            ],
            "requestBody": {
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
            },
            "responses": {
                "200": {
                    "description": "ok",
                    "headers": {"X-Pet": {"required": True, "schema": {"type": "string"}}},
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}
                    },
                },
                "410": {"$ref": "#/components/responses/Gone"},
                "default": {"description": "has no place in API Gateway"},
            },
            "x-amazon-apigateway-request-validator": "all",
            "x-amazon-apigateway-integration": {
                "type": "http",
                "httpMethod": "POST",
                "uri": "http://127.0.0.1:9/{id}",
                "credentials": f"arn:aws:iam::{ACCOUNT}:role/any",
                "requestParameters": {"integration.request.path.id": "method.request.path.id"},
                "requestTemplates": {"application/json": "$input.body"},
                "passthroughBehavior": "never",
                "contentHandling": "CONVERT_TO_TEXT",
                "timeoutInMillis": 5000,
                "cacheNamespace": "pets",
                "cacheKeyParameters": ["method.request.path.id"],
                "connectionType": "VPC_LINK",
                "connectionId": "link1",
                "tlsConfig": {"insecureSkipVerification": True},
                "responses": {
                    "default": {
                        "statusCode": "200",
                        "responseParameters": {"method.response.header.X-Pet": "'p'"},
                        "responseTemplates": {"application/json": "{}"},
                    },
                    "4\\d{2}": {"statusCode": 410},
                },
            },
        },
    }


def _proxy() -> dict[str, Any]:
    return {
        "x-amazon-apigateway-any-method": {
            "security": [{"custom": []}],
            "parameters": [{"name": "rest", "in": "path", "required": True}],
            "responses": {},
            "x-amazon-apigateway-integration": {
                "type": "aws_proxy",
                "httpMethod": "POST",
                "uri": lambda_uri(FUNCTION),
            },
        }
    }


def _open() -> dict[str, Any]:
    return {
        "post": {
            "security": [],
            "requestBody": {
                "content": {"application/json": {"schema": {"type": "array", "maxItems": 1}}}
            },
            "responses": {"200": {"description": "ok"}},
            "x-amazon-apigateway-request-validator": "all",
            "x-amazon-apigateway-integration": {
                "type": "mock",
                "requestTemplates": {"application/json": '{"statusCode": 200}'},
                "responses": {"default": {"statusCode": 200}},
            },
        }
    }
