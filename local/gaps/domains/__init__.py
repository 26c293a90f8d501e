"""Custom domain names: which API and stage a request is for, by rules and base paths."""
