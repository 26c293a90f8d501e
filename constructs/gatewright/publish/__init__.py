"""What a release leaves for those who call it: contracts, client SDKs, changelogs."""
