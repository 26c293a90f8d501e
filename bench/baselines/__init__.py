"""For each API the least that Powertools needs for the same routes: no RestApp, no Logger.

A module is called as its API, ``foods_v1`` for foods-v1, and has an ``app`` with the same resolver
settings that answers the API's first read and first write with the same work.
"""
