"""One cold start of a handler, in an interpreter that knows nothing else. Run as a program.

``python -I -S probe.py <job.json> <answer.json>``. The job names the folders for ``sys.path``, the
handler (``module.attribute``), the events and how many of them are the first. -S leaves the
site-packages out: what the handler imports is its bundle, or what Lambda's runtime has beside it.
"""

import json
import sys
import time


def main() -> None:
    """Import, answer the first event, then the others; write the times and the statuses."""
    job_file, answer_file = sys.argv[1:]
    with open(job_file) as file:  # noqa: PTH123 - pathlib would be loaded before the clock starts
        job = json.load(file)
    sys.path[:0] = job["path"]
    module_name, _, attribute = job["handler"].rpartition(".")
    begun = time.perf_counter()
    __import__(module_name)
    handler = getattr(sys.modules[module_name], attribute)
    imported = time.perf_counter()
    statuses = [handler(job["events"][0], None)["statusCode"]]
    answered = time.perf_counter()
    warm = []
    for event in job["events"][1:]:
        before = time.perf_counter()
        statuses.append(handler(event, None)["statusCode"])
        warm.append(time.perf_counter() - before)
    answer = {
        "import": imported - begun,
        "first": answered - imported,
        "warm": warm,
        "statuses": sorted(set(statuses)),
    }
    with open(answer_file, "w") as file:  # noqa: PTH123
        json.dump(answer, file)


if __name__ == "__main__":
    main()
