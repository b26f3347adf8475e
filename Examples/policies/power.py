#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Power policy: while power is dear, sites take no more than a part of their full power.

Usage in a scenario: energy: {power: {command: [python3, power.py, "0.8", "0.6"]}}
decides as energy: {power: {above: 0.8 yuan/kWh, to: 60 %}} does.
"""
import json
import sys


def limits(pools, state, above, part):
    """What each site may take: nothing said of w lets it take all that it wants."""
    for name, now in state.items():
        full = pools[name]["full_w"] * pools[name]["accelerators"] * now["pue"]
        yield {"pool": name, "w": full * part} if now["yuan_per_kwh"] > above else {"pool": name}


def main():
    above, part = float(sys.argv[1]), float(sys.argv[2])
    pools, state = {}, {}
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "hello":
            pools = {pool["id"]: pool for pool in message["pools"]}
            answer = {"type": "hello", "v": 1, "answers": message["seams"]}
        elif message["type"] == "changed":
            for pool in message.get("power", []):
                state.setdefault(pool["pool"], {}).update(pool)
            continue
        elif message["type"] == "ask":
            answer = {"type": "answer", "q": message["q"],
                      "limits": list(limits(pools, state, above, part))}
        else:
            break
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
