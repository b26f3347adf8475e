# SPDX-License-Identifier: GPL-3.0-or-later
"""A template for a policy: change `decide`, and leave the rest.

As it stands it decides as the built-in policy `nearest` does. It takes questions about one job and
about several, keeps what it is told, and lets be what it does not know.

    placement: {command: [python3, template.py]}
"""
import json
import sys

HOUR = 3600 * 10**9


class Fleet:
    """What the run has told: the greeting, and the pools by their identifiers as they are now."""

    def __init__(self, hello):
        self.hello = hello
        self.pools = {pool["id"]: pool for pool in hello["pools"]}

    def update(self, changed):
        for pool in changed["pools"]:
            self.pools[pool["id"]].update(pool)

    def take(self, job, pool):
        """Counts a decision of this answer, for the next job of the same question."""
        self.pools[pool]["free"] -= job["accelerators"]

    def is_free(self, job, pool):
        """Whether a job could start there at once."""
        pool = self.pools[pool]
        return pool["queued"] == 0 and pool["free"] >= job["accelerators"]

    def load(self, pool, t):
        """The work that a pool has before it, over what it does in a second."""
        pool = self.pools[pool]
        running = pool["running_until"] - (pool["accelerators"] - pool["free"]) * (t / 1e9)
        return (pool["queued_work"] + max(0, running)) / pool["accelerators"]


class Answer:
    """What is decided of the jobs of a question."""

    def __init__(self, ask):
        self.message = {"type": "answer", "q": ask["q"]}

    def place(self, job, pool):
        self.message.setdefault("place", []).append({"job": job["job"], "pool": pool})

    def wait(self, job, until=None):
        """It asks again at a time; without one, when something has changed."""
        part = {"job": job["job"]} if until is None else {"job": job["job"], "until": until}
        self.message.setdefault("wait", []).append(part)

    def refuse(self, job, reason):
        self.message.setdefault("refuse", []).append({"job": job["job"], "reason": reason})

    def call_at(self, t):
        """All jobs that wait ask again then."""
        self.message["call_at"] = t


def decide(ask, fleet, answer):
    """Says of each job of a question where it goes; of one that is on a pool, where it moves, if it does."""
    if ask["seam"] == "migration":
        return
    for job in ask["jobs"]:
        candidates = job["candidates"]
        free = [pool for pool in candidates if fleet.is_free(job, pool)]
        pool = (free or candidates)[0]
        fleet.take(job, pool)
        answer.place(job, pool)


def main():
    fleet = None
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "hello":
            fleet = Fleet(message)
            say({"type": "hello", "v": 1, "answers": message["seams"], "name": "template"})
        elif message["type"] == "changed":
            fleet.update(message)
        elif message["type"] == "ask":
            answer = Answer(message)
            decide(message, fleet, answer)
            say(answer.message)
        elif message["type"] == "bye":
            break


def say(message):
    # Flushed: whoever waits for the line would wait for ever.
    print(json.dumps(message, separators=(",", ":")), flush=True)


if __name__ == "__main__":
    main()
