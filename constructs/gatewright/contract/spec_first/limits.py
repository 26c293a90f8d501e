"""How much of a document is read, so that every file is answered in bounded time."""

MOST_BYTES = 32 * 1024 * 1024
"""Of one file."""

MOST_VALUES = 3_000_000
"""Of one file; what an alias repeats counts again."""

MOST_COMBINED = 100
"""Schemas that one allOf combines, those of their own allOf included."""

MOST_INLINED = 1_000_000
"""Of everything that references bring in where they stand: all but schemas."""

MOST_DEPTH = 100
"""Values inside values."""
