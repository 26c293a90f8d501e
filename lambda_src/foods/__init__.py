"""The food-stock service: the example that ships with the platform."""
