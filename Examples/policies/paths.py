# SPDX-License-Identifier: GPL-3.0-or-later
"""A policy that says by which path a flow crosses a fabric, as the built-in `intelligent` does.

The first of the paths whose fullest link has fewest flows on it, and then fewest over all its links.

    network: {fabrics: [{name: pod, ..., balancing: {command: [python3, paths.py]}}]}
"""
import json
import sys


def decide(paths):
    return min((i for i, load in enumerate(paths) if load is not None), key=lambda i: paths[i])


def say(message):
    print(json.dumps(message), flush=True)


for text in sys.stdin:
    m = json.loads(text)
    if m["type"] == "hello":
        say({"type": "hello", "v": 1, "answers": ["balancing"]})
    elif m["type"] == "ask":
        say({"type": "answer", "q": m["q"], "path": decide(m["paths"])})
