"""What the platform offers of API Gateway, and the tests that show it: docs/guides/features.md."""
