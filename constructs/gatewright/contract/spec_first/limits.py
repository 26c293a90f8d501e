"""How much of a document is read, so that every file is answered in bounded time."""

MOST_BYTES = 32 * 1024 * 1024
"""Of one file."""

MOST_VALUES = 3_000_000
"""Of one file, and of everything that references bring in; what an alias repeats counts again."""

MOST_DEPTH = 100
"""Values inside values."""
