"""A minimal platform, released through its own pipeline on this machine."""
