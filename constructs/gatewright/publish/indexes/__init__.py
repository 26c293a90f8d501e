"""Package indexes: where callers install an SDK from."""
