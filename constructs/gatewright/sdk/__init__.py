"""Clients of the APIs in eight languages, generated from the public documents.

It runs in the environment that `requirements-sdk.txt` locks: with a generator and a Java, without
the CDK. Nothing that it generates is kept in the repository.
"""
