# SPDX-License-Identifier: GPL-3.0-or-later
import json, sys
pools = {}
def time_there(job, i, t):
    p, speed = pools[job["candidates"][i]], job.get("speeds", [1] * 16)[i]
    busy = p["accelerators"] - p["free"]
    work = p["queued_work"] + p["running_until"] - busy * t
    is_free = p["queued"] == 0 and p["free"] >= job["accelerators"]
    return (0 if is_free else work / p["accelerators"]) + job["requested"] / 1e9 / speed
for line in sys.stdin:
    m = json.loads(line)
    if m["type"] == "hello":
        pools = {p["id"]: p for p in m["pools"]}
        print('{"type":"hello","v":1,"answers":["placement"]}', flush=True)
    elif m["type"] == "changed":
        for p in m["pools"]: pools[p["id"]].update(p)
    elif m["type"] == "ask":
        job, t = m["jobs"][0], m["t"] / 1e9
        best = min(range(len(job["candidates"])), key=lambda i: time_there(job, i, t))
        place = [{"job": job["job"], "pool": job["candidates"][best]}]
        print(json.dumps({"type": "answer", "q": m["q"], "place": place}), flush=True)
