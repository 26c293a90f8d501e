"""Turns what an API is deployed from elsewhere into a contract file to keep."""
