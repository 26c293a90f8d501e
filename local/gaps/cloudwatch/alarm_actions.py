"""The actions of alarms: taken although nobody looks, and without anybody waiting for them.

"CloudWatch alarms evaluate [...] every minute", those with a shorter period every 10 seconds.
ministack judges when it is asked something and notifies before it answers, so that a function that
is told, and asks in turn, waits for the answer that waits for it.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
"""

from __future__ import annotations

import contextvars
import functools
import queue
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from local.gaps.gateway_errors import logger
from local.gaps.patch import Function, Patch

CLOUDWATCH = "ministack.services.cloudwatch"
SECONDS = 10
_ACTIONS = ("AlarmActions", "OKActions", "InsufficientDataActions")


def later(original: Function) -> Function:
    """Take the actions from a thread of its own, one after the other."""

    def dispatch(alarm: Mapping[str, Any], *arguments: Any) -> None:
        if has_actions(alarm):
            context = contextvars.copy_context()
            as_it_is = dict(alarm)
            _waiting().put(lambda: context.run(original, as_it_is, *arguments))

    return dispatch


def has_actions(alarm: Mapping[str, Any]) -> bool:
    """Whether somebody is to be told of a state of the alarm."""
    return any(alarm.get(name) for name in _ACTIONS)


@functools.cache
def _waiting() -> queue.SimpleQueue[Callable[[], Any]]:
    waiting: queue.SimpleQueue[Callable[[], Any]] = queue.SimpleQueue()
    _start(_take, waiting)
    return waiting


def _take(waiting: queue.SimpleQueue[Callable[[], Any]]) -> None:
    while True:
        action = waiting.get()
        try:
            action()
        except Exception:
            logger.exception("An action of an alarm failed")


def watching(original: Function) -> Function:
    """Judge alarms with actions from time to time, from the first one on."""

    def evaluate(alarm: Mapping[str, Any]) -> Any:
        if has_actions(alarm):
            _watch()
        return original(alarm)

    return evaluate


def watching_restored(original: Function) -> Function:
    """Watch those of a saved state too."""

    def load(data: dict[str, Any]) -> Any:
        from ministack.services import cloudwatch

        loaded = original(data)
        if any(map(has_actions, cloudwatch._alarms.all_values())):
            _watch()
        return loaded

    return load


@functools.cache
def _watch() -> None:
    _start(_look)


def _look() -> None:
    while True:
        time.sleep(SECONDS)
        try:
            _judge()
        except Exception:
            logger.exception("Alarms were not judged")


def _judge() -> None:
    from ministack.core.responses import request_scope
    from ministack.services import cloudwatch

    for (account_id, region, _name), alarm in cloudwatch._alarms.all_items():
        if has_actions(alarm):
            with request_scope(account_id, region):
                cloudwatch._evaluate_alarm(alarm)


def _start(work: Callable[..., None], *arguments: Any) -> None:
    threading.Thread(target=work, args=arguments, name="alarms", daemon=True).start()


PATCHES = (
    Patch(CLOUDWATCH, "_dispatch_alarm_actions", later),
    Patch(CLOUDWATCH, "_evaluate_alarm", watching),
    Patch(CLOUDWATCH, "load_persisted_state", watching_restored),
)
