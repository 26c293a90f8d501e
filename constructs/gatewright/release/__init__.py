"""How a stage moves from one release to the next."""
