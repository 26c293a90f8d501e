"""One of many callers of foods v2, who knows what every answer must be."""

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

SHARED = "shared-counter"
QUANTITY = 1000
# New workers of a function share two cores here: all at once, each takes longer than callers wait.
_STARTING = threading.Semaphore(2)


@dataclass
class Caller:
    """Works on foods of its own, whose every state it knows, and on one that all callers share.

    ``kept`` is what must be in the table in the end, by name; ``keys`` the idempotency keys that
    created something; ``increments`` how often it was this caller that raised the shared food.
    """

    number: int
    url: str
    api_key: str
    token: str
    requests: int
    kept: dict[str, tuple[int, str]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    increments: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def run(self) -> "Caller":
        """Send about ``requests`` requests, one after the other, over one connection."""
        dice = random.Random(self.number)
        actions = [self._create, self._get, self._list, self._replace, self._replace_stale]
        actions += [self._delete, self._get_gone, self._increment]
        weights = (30, 18, 12, 15, 5, 10, 5, 5)
        with httpx.Client(base_url=self.url, timeout=60) as self._http:
            with _STARTING:
                self._send("GET", f"foods/{SHARED}", 200)
            while self.statuses.total() < self.requests:
                dice.choices(actions, weights)[0](dice)
        return self

    def _create(self, dice: random.Random) -> None:
        name, quantity = f"load-{self.number}-{len(self.keys)}", dice.randrange(QUANTITY)
        key = f"key-{self.number}-{len(self.keys)}"
        self.keys.add(key)
        first = ""
        # Now and then the answer is "lost", and the request is sent again.
        for _ in range(dice.choice((1, 1, 2, 3))):
            answer = self._send(
                "POST",
                "foods",
                201,
                headers={"Idempotency-Key": key},
                json={"name": name, "quantity": quantity},
            )
            tag = answer.headers.get("ETag", "")
            self._expect(tag == (first or tag), f"retry of {name}: {first} became {tag}")
            first = tag
        self.kept[name] = (quantity, first)

    def _get(self, dice: random.Random) -> None:
        if name := self._any(dice):
            answer = self._send("GET", f"foods/{name}", 200)
            found = (answer.json().get("quantity"), answer.headers.get("ETag"))
            self._expect(found == self.kept[name], f"{name}: {found}, not {self.kept[name]}")

    def _list(self, _dice: random.Random) -> None:
        prefix, found, cursor = f"load-{self.number}-", {}, None
        while True:
            query: dict[str, Any] = {"prefix": prefix, "limit": 100}
            answer = self._send(
                "GET", "foods", 200, params=query | ({"cursor": cursor} if cursor else {})
            ).json()
            found.update({food["name"]: food["quantity"] for food in answer.get("foods", ())})
            cursor = answer.get("next_cursor")
            if not cursor:
                break
        wanted = {name: quantity for name, (quantity, _) in self.kept.items()}
        self._expect(found == wanted, f"list: {found}, not {wanted}")

    def _replace(self, dice: random.Random) -> None:
        if name := self._any(dice):
            quantity = dice.randrange(QUANTITY)
            answer = self._put(name, quantity, self.kept[name][1], 200)
            self.kept[name] = (quantity, answer.headers.get("ETag", ""))

    def _replace_stale(self, dice: random.Random) -> None:
        if name := self._any(dice):
            self._put(name, QUANTITY, '"stale"', 412)

    def _delete(self, dice: random.Random) -> None:
        if name := self._any(dice):
            self._send("DELETE", f"foods/{name}", 204, headers={"If-Match": self.kept[name][1]})
            del self.kept[name]
            self.gone.append(name)

    def _get_gone(self, dice: random.Random) -> None:
        if self.gone:
            self._send("GET", f"foods/{dice.choice(self.gone)}", 404)

    def _increment(self, _dice: random.Random) -> None:
        seen = self._send("GET", f"foods/{SHARED}", 200)
        if seen.status_code == 200:
            tag, quantity = seen.headers["ETag"], seen.json()["quantity"] + 1
            self.increments += self._put(SHARED, quantity, tag, 200, 412).status_code == 200

    def _put(self, name: str, quantity: int, tag: str, *expected: int) -> httpx.Response:
        return self._send(
            "PUT",
            f"foods/{name}",
            *expected,
            headers={"If-Match": tag},
            json={"quantity": quantity},
        )

    def _any(self, dice: random.Random) -> str | None:
        return dice.choice(list(self.kept)) if self.kept else None

    def _send(self, method: str, path: str, *expected: int, **options: Any) -> httpx.Response:
        headers = options.pop("headers", {})
        if method == "GET":
            headers["x-api-key"] = self.api_key
        else:
            headers["Authorization"] = f"Bearer {self.token}"
        answer = self._http.request(method, path, headers=headers, **options)
        self.statuses[answer.status_code] += 1
        status, text = answer.status_code, answer.text
        self._expect(status in expected, f"{method} {path}: {status}, not {expected}: {text}")
        return answer

    def _expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.wrong.append(otherwise)
