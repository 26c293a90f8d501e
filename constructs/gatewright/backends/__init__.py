"""What answers an API's requests."""
