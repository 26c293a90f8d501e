"""A shop with few wares."""
