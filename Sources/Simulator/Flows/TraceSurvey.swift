// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
public import NetworkModel
public import Traffic

/// What a trace holds, found by reading it to its end as a run of the model would.
public struct TraceSurvey: Sendable {
  public private(set) var flows = 0
  public private(set) var bytes = 0.0
  /// The arrival of the last flow; nil where there is none.
  public private(set) var lastStart: SimTime?
  /// The different routes that its flows take, in order of their first flow.
  public private(set) var routes: [Route] = []

  /// Reads every row; an error names the first line that is wrong.
  public init(of trace: TraceSource, in model: Model) throws(TraceError) {
    let reader = try TraceReader(file: trace.file)
    var resolver = LaneResolver(topology: model.topology, classes: model.classes)
    var found: [Route] = []
    var known: Set<Route> = []
    while let row = try reader.next(
      resolve: { (request: RouteRequest) throws(RouteProblem) -> Int32 in
        let resolved = try resolver.resolve(request, standardClass: trace.trafficClass)
        if known.insert(resolved.route).inserted { found.append(resolved.route) }
        return 0
      })
    {
      flows += 1
      bytes += row.bytes
      lastStart = row.start
    }
    routes = found
  }
}
