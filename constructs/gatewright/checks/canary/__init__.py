"""Shows the canaries of a deployment in the pipeline, beside the actions that deploy."""
