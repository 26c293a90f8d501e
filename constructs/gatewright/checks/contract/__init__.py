"""Checks that are derived from the public OpenAPI documents of an environment's APIs."""
