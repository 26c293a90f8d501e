"""Generated requests by schemathesis, from the public document of each API.

It runs beside schemathesis, in the environment that `requirements-delivery.txt` locks, and not in
a function. Only `pace` is loaded by schemathesis itself; nothing else imports it.
"""
