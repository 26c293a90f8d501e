"""A contract and its backends become one REST API with a stage."""
