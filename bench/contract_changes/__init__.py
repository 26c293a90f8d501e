"""Compares our verdicts with those of Optic, on documents that others published."""
