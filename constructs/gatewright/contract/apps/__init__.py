"""Contracts of apps that were written for another framework, or for another host."""
