"""The same CRUD API of any number of routes, for us and for each rival."""
