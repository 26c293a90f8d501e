"""What a saved file becomes while `make watch` runs."""
