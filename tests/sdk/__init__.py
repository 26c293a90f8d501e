"""The generated clients, compiled and called: `make test-sdk`.

What needs a program that is not on the machine is skipped, and says which one.
"""
