"""How an environment is watched."""
