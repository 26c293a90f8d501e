"""Trying out what was generated, before anybody can install it."""
