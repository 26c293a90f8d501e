"""Schemas: what they accept, and how two of them differ."""
