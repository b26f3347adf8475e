# SPDX-License-Identifier: GPL-3.0-or-later
"""A policy that says by which path and channel a lightpath goes, as the built-in `first-fit` does.

The first of the paths with room, and the lowest slots on it.

    light: {..., assignment: {command: [python3, lightpaths.py]}}
"""
import json
import sys


def decide(paths):
    return {"path": 0, "first": paths[0]["free"][0][0]}


def say(message):
    print(json.dumps(message), flush=True)


for text in sys.stdin:
    m = json.loads(text)
    if m["type"] == "hello":
        say({"type": "hello", "v": 1, "answers": ["lightpaths"]})
    elif m["type"] == "ask":
        say({"type": "answer", "q": m["q"]} | decide(m["paths"]))
