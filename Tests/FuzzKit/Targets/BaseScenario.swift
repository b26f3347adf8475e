// SPDX-License-Identifier: GPL-3.0-or-later

/// Small scenarios that together have every section, for settings to change.
public enum BaseScenario {
  public static let all = [packets, fabrics, light, moves, tokens, national]

  /// Links, classes, loss, demands and generators.
  private static let packets = """
    scenario: packets
    duration: 10 s
    warm_up: 1 s
    network:
      port: {buffer: 4 MB}
      links:
        - {name: l0, from: a, to: b, capacity: 10 Gbps, delay: 5 ms, two_way: true, port: {loss: 1.0e-5}}
        - {name: l1, from: b, to: c, capacity: 1 Gbps, delay: 1 ms, two_way: true}
    classes:
      - {name: t, transport: tcp-cubic, weight: 2, ceiling: 5 Gbps, on_failure: move, patience: 200 ms}
      - {name: r, transport: rocev2-go-back-n, window: 400 MB, priority: 1, floor: 1 Mbps}
    traffic:
      - class: t
        flows: [{flow: x, from: a, to: b, size: 1 GB}, {flow: y, path: [l0, l1], size: 1 MB, start: 2 s}]
      - demand: {name: d, rate: 100 Mbps, from: a, to: c}
      - class: r
        generate:
          name: g
          arrivals: {poisson: 20 /s}
          sizes: {exponential: {mean: 10 MB}}
          pairs: [{from: a, to: b, weight: 2}, {from: c, to: a}]
          deadline: {slack: 4}
      - generate: {arrivals: {poisson: {load: 100 Mbps}}, sizes: {pareto: {alpha: 1.3, min: 1 kB, max: 1 GB}}, weights: {a: 1, b: 2}}
    events: [{at: 2 s, fail: l0, for: 3 s}]
    loss: {every: 1 s}
    sample_every: 1 s
    outputs: [summary, flows, links, bottlenecks]
    """

  /// Training on fabrics and over sites.
  private static let fabrics = """
    scenario: fabrics
    network:
      links: [{name: far, from: x, to: y, capacity: 1.6 Tbps, delay: 2 ms, two_way: true}]
      fabrics:
        - {name: p, hosts: 16, nic: 200 Gbps, nics_per_leaf: 8, accelerator: H800, balancing: ecmp, queue_pairs: 4, exit: x, failed: [p/leaf0-spine0]}
        - {name: q, hosts: 16, nic: 200 Gbps, rail_optimised: true, nics_per_leaf: 8, accelerator: Ascend 910B, balancing: intelligent, exit: {node: y, convergence: 4}}
        - {name: s, hosts: 16, nic: 200 Gbps, nics_per_leaf: 8, accelerator: H800, balancing: spray}
        - {name: r, hosts: 16, nic: 400 Gbps, pods: {leaves: 2, cores_per_spine: 2}, balancing: flowlet, flowlets: 8}
    traffic:
      - training:
          name: near
          fabric: s
          iterations: 10
          model: {parameters: 7.0e+9, layers: 32, hidden: 4096, sequence: 4096}
          plan: {data: 4, tensor: 8, pipeline: 4, batch: 64, efficiency: 50 %, overlap: 5 %}
      - training:
          name: far
          sites: [{fabric: p}, {fabric: q}]
          iterations: 10
          model: {parameters: 7.0e+9, layers: 32, hidden: 4096, sequence: 4096}
          plan: {data: 8, tensor: 8, pipeline: 4, batch: 64, efficiency: 40 %}
      - training: {name: plain, fabric: r, iterations: 2, collective: {kind: all-reduce, gpus: 64, size: 100 MB}}
    outputs: [summary, jobs]
    """

  /// Fibres, lit links, requests for lightpaths, faults.
  private static let light = """
    scenario: light
    duration: 10 h
    network:
      fibres:
        - {name: f1, between: [a, b], length: 80 km}
        - {name: f2, between: [b, c], length: 240 km}
        - {name: f3, between: [c, a], length: 500 km}
    light:
      grid: {first: 191.35 THz, spacing: 75 GHz, channels: 8}
      transceivers: [400G DP-16QAM ZR+, 200G DP-QPSK ZR+]
      setup: 30 s
      idle: 5 min
      links:
        - {name: fixed, between: [a, b], channels: 2}
        - {name: bulk, between: [a, c], channels: 1, on_demand: true}
      requests:
        - protection: 1+1
          generate: {name: q, arrivals: {erlang: 3}, holding: {exponential: 1 h}, rates: {choice: {values: [100 Gbps, 200 Gbps]}}, between: all, warm_up: 5}
        - list: [{request: one, from: a, to: c, rate: 100 Gbps, start: 1 h, hold: 1 h}]
    traffic:
      - generate: {name: g, arrivals: {poisson: {load: 100 Gbps}}, sizes: {lognormal: {mean: 1 TB, variation: 1}}, path: [bulk]}
    events: [{at: 1 h, cut: f1, for: 2 h}]
    sample_every: 1 h
    outputs: [summary, links, requests, lightpaths, services, paths]
    """

  /// Transfers with windows, and elastic flows in tiers.
  private static let moves = """
    scenario: moves
    duration: 1 h
    network:
      links:
        - {name: l0, from: a, to: b, capacity: 100 Gbps, delay: 5 ms, two_way: true}
        - {name: l1, from: b, to: c, capacity: 100 Gbps, delay: 5 ms, two_way: true}
    reservations: {share: 80 %, paths: 4}
    classes: [{name: bulk, on_failure: move}]
    traffic:
      - transfers:
          - {name: t0, from: a, to: c, size: 1 TB, start: 1 min, deadline: 30 min, reserve: true, if_refused: drop}
          - {name: t1, from: c, to: a, size: 1 TB, deadline: 30 min}
        class: bulk
      - generate:
          name: tg
          arrivals: {poisson: 40 /h}
          sizes: {lognormal: {mean: 100 GB, variation: 1}}
          pairs: [{from: a, to: b}]
          deadline: {slack: 6}
          transfers: {reserve: true, ahead: 5 min}
      - elastic:
          name: e
          arrivals: {poisson: {load: 10 Gbps}}
          sizes: {lognormal: {mean: 10 GB, variation: 2}}
          pairs: [{from: a, to: b, weight: 4}, {from: b, to: c}]
          tiers:
            - {name: bronze, floor: 10 Mbps, ceiling: 10 Gbps, weight: 1, share: 0.6, price: 1}
            - {name: gold, floor: 1 Gbps, ceiling: 100 Gbps, weight: 16, share: 0.4, price: 8}
          access: 100 Gbps
          lines: 2
          deadline: {slack: 4}
          admission: {order: [accept, shrink, postpone], patience: 10 min}
          scheduling: fair
    outputs: [summary, transfers, flows, elastic]
    """

  /// Token requests of places, to sites.
  private static let tokens = """
    scenario: tokens
    duration: 1 h
    network: {links: [{name: l, from: a, to: b, capacity: 100 Gbps, two_way: true}]}
    traffic:
      - tokens:
          total: 1e12 tokens/day
          from: {a: 1}
          to: {b: unlimited}
          services: [{name: m, share: 5 %, input_tokens: 10, output_tokens: 100}]
          sample: 1.0e-7
      - tokens:
          name: served
          total: 1e9 tokens/day
          from: {a: 1}
          to: {b: {nodes: 2}}
          services: [chat]
          engines: {window: 1 s, warm_up: 1 s, step: 45 ms, fill: 90 %, slo: {ttft: 2 s, tbt: 100 ms}}
    sample_every: 10 min
    outputs: [summary, tokens, token-sites, token-waits, samples]
    """

  /// The built-in network with something of its own.
  private static let national = """
    scenario: national
    duration: 1 h
    network: {use: national, links: [{name: own, from: Beijing, to: ZJK, capacity: 1 Tbps, delay: 1 ms}]}
    traffic: [{demand: {name: d, rate: 1 Gbps, from: Beijing, to: ZJK}}]
    outputs: [summary, links]
    """
}
