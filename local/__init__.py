"""The embedded AWS: a server for this machine, with the gaps that the platform meets filled."""
