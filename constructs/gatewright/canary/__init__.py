"""The function that carries a release through its canary: it needs only what Lambda's Python has.

`handler` has its two entries, `bake` its decisions; `schedule` and `verdict` are pure. What it
knows between two looks is on the stage itself and in the `record`.
"""
