// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
internal import Light
public import NetworkModel
public import Traces
public import Traffic

/// What a trace holds, found by reading it to its end as a run of the model would.
public struct TraceSurvey: Sendable {
  public private(set) var flows = 0
  /// Lines that could not be read and were left out.
  public private(set) var skipped = SkippedLines()
  public private(set) var bytes = 0.0
  /// The arrival of the last flow; nil where there is none.
  public private(set) var lastStart: SimTime?
  /// The different routes that its flows take, in order of their first flow.
  public private(set) var routes: [Route] = []

  /// Reads every row; an error names the first line that is wrong.
  public init(of trace: TraceSource, in model: Model) throws(TraceError) {
    let options = trace.options
    var resolver = FlowClassResolver(
      topology: model.topology, classes: model.classes, places: model.places,
      fibres: Set(model.light.plant.fibres.map(\.name)))
    var found: [Route] = []
    var known: Set<Route> = []
    let rows = try FlowRows(
      file: trace.file, mapping: options.mapping, tolerance: options.tolerance,
      sorts: options.sorts
    ) { (request: RouteRequest) throws(RouteProblem) -> Int32 in
      let resolved = try resolver.resolve(request, standardClass: trace.trafficClass)
      if known.insert(resolved.route).inserted { found.append(resolved.route) }
      return 0
    }
    var stream = rows.reshaped(by: options.reshaping)
    while let row = try stream.next() {
      flows += 1
      bytes += row.bytes
      lastStart = row.start + options.start
    }
    routes = found
    skipped = rows.skipped
  }

  /// Reads every row of a trace of requests or jobs; its places are those of the run.
  public init(of trace: RoundTripTrace, in model: Model) throws(TraceError) {
    var state = try RoundTripFeed(trace, seed: model.seed)
    var known: Set<Route> = []
    while let roundTrip = try state.next() {
      for leg in [roundTrip.there, roundTrip.back] {
        guard let leg else { continue }
        flows += 1
        bytes += leg.bytes
        let route = model.routes[leg.route]
        if known.insert(route).inserted { routes.append(route) }
      }
      lastStart = roundTrip.time
    }
    skipped = state.skipped
  }
}
