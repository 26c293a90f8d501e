"""New workers for a function.

AWS ends execution environments whenever it likes, after the invocation that they serve. Tests make
it happen with this. Requests are served meanwhile.
"""

from __future__ import annotations


def recycle(function: str) -> int:
    """Replace the workers of a function, and return how many ended or will."""
    from ministack.core import lambda_runtime

    with lambda_runtime._lock:
        workers = [
            worker
            for pool in lambda_runtime._workers.values()
            for worker in pool
            if worker.func_name == function
        ]
    lambda_runtime.invalidate_worker(function)
    return len(workers)
