# SPDX-License-Identifier: GPL-3.0-or-later
"""A policy for elastic flows at two seams: who is due first goes first, and who does not fit shrinks.

It decides as `scheduling: earliest-deadline` and `admission: {order: [accept, shrink]}` do.

    traffic: [{elastic: {..., scheduling: {command: [python3, deadlines.py]},
                              admission: {command: [python3, deadlines.py]}}}]
"""
import json
import sys

# By entry and tier what a flow gets at least; by name the flows that send.
floors, flows = {}, {}


def learn(changed):
    for flow in changed.get("flows", []):
        flows.setdefault(flow["flow"], {}).update(flow)
    for name in changed.get("gone", []):
        del flows[name]


def admission(flow):
    """The tier that it asks for, else the best below that fits."""
    if flow["asked"] in flow["fits"]:
        return {"accept": flow["asked"]}
    of = floors[flow["of"]]
    less = [tier for tier in flow["fits"] if of[tier] < of[flow["asked"]]]
    return {"accept": max(less, key=of.get)} if less else {"refuse": "no room for its floor"}


def bandwidth():
    def turn(flow):
        return flow.get("deadline", float("inf")), flow["arrived"], int(flow["flow"].split("-")[-1])

    return {"order": [flow["flow"] for flow in sorted(flows.values(), key=turn)]}


def say(message):
    print(json.dumps(message), flush=True)


for text in sys.stdin:
    m = json.loads(text)
    if m["type"] == "hello":
        floors = {entry["name"]: {tier["name"]: tier["floor"] for tier in entry["tiers"]}
                  for entry in m["elastic"]}
        say({"type": "hello", "v": 1, "answers": m["seams"]})
    elif m["type"] == "changed":
        learn(m)
    elif m["type"] == "ask":
        say({"type": "answer", "q": m["q"]}
            | (admission(m) if m["seam"] == "admission" else bandwidth()))
