// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// A study of twelve runs that take no time, in a folder of its own.
enum StudySample {
  static let scenario = """
    scenario: queue
    duration: 20 s
    network: {links: [{name: l, from: a, to: b, capacity: 10 Gbps}]}
    traffic:
      - generate: {name: g, arrivals: {poisson: 1/s}, sizes: {exponential: 500 MB}, path: [l]}

    """

  static func study(_ more: String = "") -> String {
    """
    study: queue
    scenario: queue.yaml
    seeds: 4
    axes:
      - name: size
        path: traffic[0].generate.sizes.exponential
        values: [100 MB, 200 MB, 300 MB]
    metrics: [fct_mean]
    \(more)

    """
  }

  static func workspace(_ more: String = "") throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(scenario, to: "queue.yaml")
    try workspace.write(study(more), to: "study.yaml")
    return workspace
  }
}
