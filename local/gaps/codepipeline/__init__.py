"""CodePipeline, which ministack lacks: pipelines as they are declared, and jobs of their actions.

It keeps pipelines and answers about them. It runs none: that is what `local.rehearsal` does.
"""
