# SPDX-License-Identifier: GPL-3.0-or-later
"""A policy that says by which paths a fabric is crossed, as the built-in `intelligent` does.

A flow goes by the first of the paths whose fullest link has fewest flows on it, and then fewest over
all its links. The transfers of a job are spread all at once: leaves send and receive, spines are
colours, and no leaf shall have more of one colour than of another.

    network: {fabrics: [{name: pod, ..., balancing: {command: [python3, paths.py]}}]}
"""
import json
import math
import sys

fabrics = {}


class Colours:
    """Gives the edges of a bipartite multigraph colours, as even as it can at every vertex."""

    def __init__(self, out, into):
        whole = [[[math.inf if x is None else x for x in row] for row in side] for side in (out, into)]
        self.loads = {True: whole[0], False: whole[1]}
        self.edges = {side: {} for side in (True, False)}
        self.ends = []
        self.colours = []

    def add(self, source, target):
        edge, out, into = len(self.ends), self.loads[True][source], self.loads[False][target]
        self.ends.append((source, target))
        least_out, least_in = out.index(min(out)), into.index(min(into))
        both = [a + b for a, b in zip(out, into)]
        shared = both.index(min(both))
        is_least = out[shared] <= out[least_out] and into[shared] <= into[least_in]
        if is_least or math.isinf(into[least_out]):
            self.colours.append(shared)
            self.count(edge, 1)
            return
        self.colours.append(least_out)
        self.count(edge, 1)
        self.swap(least_out, least_in, target, False, edge)

    def swap(self, heavy, light, vertex, is_source, spared):
        """Moves one edge after another from the heavier of two colours to the lighter."""
        for _ in range(2 * len(self.colours) + 1):
            loads = self.loads[is_source][vertex]
            if loads[heavy] <= loads[light] + 1:
                return
            found = [e for e in self.edges[is_source].get((vertex, heavy), []) if e != spared]
            if not found:
                return
            edge = found[-1]
            other = self.ends[edge][1 if is_source else 0]
            if math.isinf(self.loads[not is_source][other][light]):
                return
            self.count(edge, -1)
            self.colours[edge] = light
            self.count(edge, 1)
            heavy, light, vertex, is_source, spared = light, heavy, other, not is_source, edge

    def count(self, edge, change):
        colour = self.colours[edge]
        for is_source, vertex in zip((True, False), self.ends[edge]):
            self.loads[is_source][vertex][colour] += change
            edges = self.edges[is_source].setdefault((vertex, colour), [])
            edges.append(edge) if change > 0 else edges.remove(edge)


def path(paths):
    return min((i for i, load in enumerate(paths) if load is not None), key=lambda i: paths[i])


def spread(m):
    fabric = fabrics[m["fabric"]]
    ends = [t["leaves"] for t in m["transfers"]]
    spines = Colours(m["up"], m["down"])
    for source, target in ends:
        spines.add(source, target)
    if "cores" not in fabric:
        return [[spine] for spine in spines.colours]
    pods = [[leaf // fabric["pod_leaves"] for leaf in leaves] for leaves in ends]
    cores = Colours(m["core_up"], m["core_down"])
    chosen = []
    for (source, target), spine in zip(pods, spines.colours):
        if source == target:
            chosen.append(None)
            continue
        cores.add(source * fabric["spines"] + spine, target * fabric["spines"] + spine)
        chosen.append(len(cores.ends) - 1)
    return [
        [spine] if place is None else [spine * fabric["cores"] + cores.colours[place]]
        for spine, place in zip(spines.colours, chosen)
    ]


def say(message):
    print(json.dumps(message), flush=True)


for text in sys.stdin:
    m = json.loads(text)
    if m["type"] == "hello":
        fabrics = {fabric["name"]: fabric for fabric in m["fabrics"]}
        say({"type": "hello", "v": 1, "answers": m["seams"]})
    elif m["type"] == "ask" and m["seam"] == "balancing":
        say({"type": "answer", "q": m["q"], "path": path(m["paths"])})
    elif m["type"] == "ask":
        say({"type": "answer", "q": m["q"], "paths": spread(m)})
