"""Gatewright: an API platform as code for Amazon API Gateway."""
