"""Of the stacks, what needs no CDK."""
