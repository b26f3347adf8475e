# SPDX-License-Identifier: GPL-3.0-or-later
"""A policy that says which sites serve tokens, as the built-in `nearest` does.

In rounds, each place offers what it has left to the next site on its list, the nearest first; a site
that is offered more than it has time for takes the same part of each offer.

    traffic: [{tokens: {..., serve: {command: [python3, sites.py]}}}]
"""
import json
import sys

# Parts below this are what rounding leaves.
LEAST = 1e-12
# By traffic: what does not change of it; by traffic and place: what is asked for, and delays.
traffics, asked, delays = {}, {}, {}


def learn(traffic):
    for source in traffic["sources"]:
        place = traffic["name"], source["at"]
        asked[place] = source.get("asked", asked.get(place))
        delays[place] = source.get("delays", delays.get(place))


def need(traffic, source, site):
    """The part of the time of a site that all takes which a place asks for."""
    if "input_per_s" not in site:
        return 0
    taken = given = 0
    for service, tokens in zip(traffic["services"], asked[traffic["name"], source]):
        requests = tokens / (service["input_tokens"] + service["output_tokens"])
        taken += service["input_tokens"] * requests
        given += service["output_tokens"] * requests
    return taken / site["input_per_s"] + given / site["output_per_s"]


def decide(traffic):
    sites, sources = traffic["sites"], [source["at"] for source in traffic["sources"]]
    needs = {at: [need(traffic, at, site) for site in sites] for at in sources}
    far = {at: delays[traffic["name"], at] for at in sources}
    lists = {at: sorted((i for i, delay in enumerate(far[at]) if delay is not None),
                        key=lambda i: (far[at][i], i)) for at in sources}
    parts = {at: [0] * len(sites) for at in sources}
    rest, free = {at: 1 for at in sources}, [1] * len(sites)
    for turn in range(len(sites)):
        offers = [0] * len(sites)
        offering = [(at, lists[at][turn], rest[at]) for at in sources
                    if turn < len(lists[at]) and rest[at] > 0]
        for at, i, part in offering:
            offers[i] += part * needs[at][i]
        taken = [free[i] / offer if offer > free[i] + LEAST else 1 for i, offer in enumerate(offers)]
        for at, i, part in offering:
            parts[at][i] += part * taken[i]
            rest[at] -= part * taken[i]
        left = [free[i] - offers[i] * taken[i] for i in range(len(sites))]
        free = [0 if part < LEAST else part for part in left]
    return {"send": [{"from": at, "to": sites[i]["at"], "part": part}
                     for at in sources for i, part in enumerate(parts[at]) if part > 0],
            "refuse": [{"from": at, "part": rest[at]} for at in sources if rest[at] >= LEAST]}


def say(message):
    print(json.dumps(message), flush=True)


for text in sys.stdin:
    m = json.loads(text)
    if m["type"] == "hello":
        traffics = {traffic["name"]: traffic for traffic in m["tokens"]}
        say({"type": "hello", "v": 1, "answers": ["tokens"]})
    elif m["type"] == "changed":
        for traffic in m["tokens"]:
            learn(traffic)
    elif m["type"] == "ask":
        say({"type": "answer", "q": m["q"]} | decide(traffics[m["tokens"]]))
