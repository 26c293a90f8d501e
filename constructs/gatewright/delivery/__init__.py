"""From a git push to production: the pipeline, its steps, and what they hand to each other."""
