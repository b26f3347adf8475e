# SPDX-License-Identifier: GPL-3.0-or-later
"""A policy that says who starts on pools, as the built-in queue `easy` does.

The first of the line starts as soon as it fits; others start before it where that does not delay it.

    pools: {list: [{name: p, ..., queue: {command: [python3, backfill.py]}}]}
"""
import json
import sys

# By pool and job: those that wait, and those that run, with the time of their start.
waiting, running = {}, {}


def learn(queue):
    """Takes in who has come to a pool, gone from it, or ended there."""
    line = waiting.setdefault(queue["pool"], {})
    held = running.setdefault(queue["pool"], {})
    for job in queue.get("ended", []):
        del held[job]
    for job in queue.get("left", []):
        del line[job]
    for job in queue.get("came", []):
        line[job["job"]] = job


def decide(pool, t, free):
    """The names of the jobs that start now."""
    line = sorted(waiting[pool].values(), key=lambda job: job["number"])
    started = []

    def start(job):
        started.append(job["job"])
        running[pool][job["job"]] = waiting[pool].pop(job["job"]) | {"since": t}
        return job["accelerators"]

    while line and line[0]["accelerators"] <= free:
        free -= start(line.pop(0))
    if not line:
        return started
    # When the first of the line can start, and what is left beside it then.
    first, begin, there = line.pop(0)["accelerators"], t, free
    ends = sorted((j["since"] + j["requested"], j["accelerators"]) for j in running[pool].values())
    for end, count in ends:
        if there >= first and end > begin:
            break
        begin, there = max(end, t), there + count
    spare = there - first
    for job in line:
        is_over = t + job["requested"] <= begin
        if job["accelerators"] <= (free if is_over else min(free, spare)):
            count = start(job)
            free -= count
            spare -= 0 if is_over else count
    return started


def say(message):
    print(json.dumps(message), flush=True)


for text in sys.stdin:
    m = json.loads(text)
    if m["type"] == "hello":
        say({"type": "hello", "v": 1, "answers": ["queue"]})
    elif m["type"] == "changed":
        for queue in m.get("queues", []):
            learn(queue)
    elif m["type"] == "ask":
        say({"type": "answer", "q": m["q"], "start": decide(m["pool"], m["t"], m["free"])})
