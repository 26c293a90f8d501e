"""The release pipeline, run on this machine as CodePipeline would run it."""
