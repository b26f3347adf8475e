// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Light
import NetworkModel
import Scenario
import Simulator
import Testing

@testable import Studies

/// The values that axes take.
@Suite struct AxisTests {
  private func labels(_ axis: String, extra: String = "") throws -> [String] {
    let bench = try Bench()
    let study = try bench.study(
      "{study: s, scenario: tiny.yaml, axes: [\(axis)]\(extra)}")
    return study.axes[0].levels.map(\.label)
  }

  @Test func aRangeHasItsEnds() throws {
    #expect(
      try labels("{name: x, path: warm_up, range: {from: 0.1 s, to: 0.5 s, step: 0.1 s}}")
        == ["0.1 s", "0.2 s", "0.3 s", "0.4 s", "0.5 s"])
    #expect(
      try labels("{name: x, path: warm_up, range: {from: 1, to: 2, step: 0.4}}")
        == ["1", "1.4", "1.8"])
  }

  @Test func aLogRangeHasEqualRatios() throws {
    #expect(
      try labels("{name: x, path: warm_up, log: {from: 1 ms, to: 1000 ms, count: 4}}")
        == ["1 ms", "10 ms", "100 ms", "1000 ms"])
    #expect(
      try labels("{name: x, path: warm_up, log: {from: 50, to: 400, count: 4}}")
        == ["50", "100", "200", "400"])
  }

  @Test func listsKeepWhatIsWritten() throws {
    #expect(
      try labels("{name: x, path: warm_up, values: [1, two, 3 s, {a: [1, 2]}]}")
        == ["1", "two", "3 s", "{ \"a\": [1, 2] }"])
    #expect(
      try labels("{name: x, path: y, values: [1, 2], labels: [low, high]}") == ["low", "high"])
  }

  /// The first points of Sobol's sequence, in two dimensions, which every book has.
  @Test func sobolPointsLieInTheirRanges() throws {
    let bench = try Bench()
    let study = try bench.study(
      """
      study: s
      scenario: tiny.yaml
      sample: {method: sobol, count: 4}
      axes:
        - {name: a, path: warm_up, between: [0 s, 1 s]}
        - {name: other, path: seedless, values: [x, y]}
        - {name: b, path: duration, between: [10 s, 20 s]}
      """)
    let rows = (0..<study.cellCount).map { study.labels(of: study.cell($0)) }
    #expect(
      rows == [
        ["0 s", "x", "10 s"], ["0 s", "y", "10 s"], ["0.5 s", "x", "15 s"],
        ["0.5 s", "y", "15 s"], ["0.75 s", "x", "12.5 s"], ["0.75 s", "y", "12.5 s"],
        ["0.25 s", "x", "17.5 s"], ["0.25 s", "y", "17.5 s"],
      ])
  }

  /// Each slice of each axis has one point.
  @Test func aLatinHypercubeFillsItsSlices() throws {
    let values = try labels(
      "{name: a, path: warm_up, between: [0 s, 100 s]}",
      extra: ", sample: {method: latin-hypercube, count: 50}")
    let slices = try values.map { try Int(#require(Measure($0)).number / 2) }
    #expect(slices.sorted() == Array(0..<50))
    #expect(slices != slices.sorted())
  }

  @Test func pathsAreSetTogether() throws {
    let bench = try Bench()
    let study = try bench.study(
      """
      study: s
      scenario: tiny.yaml
      axes:
        - name: build
          labels: [small, large]
          zip:
            - {path: 'network.links[l].capacity', values: [1 Gbps, 10 Gbps]}
            - {path: duration, values: [1 s, 2 s]}
      """)
    let model = try study.load(study.cell(1)).model
    #expect(model.topology.links[0].capacity.value == 10e9)
    #expect(model.duration?.seconds == 2)
    #expect(study.labels(of: study.cell(1)) == ["large"])
  }

  @Test func eachFibreFailsInTurn() throws {
    let bench = try Bench()
    try bench.write(
      """
      scenario: triangle
      duration: 1 h
      network:
        nodes: [{name: a}, {name: b}, {name: c}]
        fibres:
          - {name: ab, between: [a, b], length: 80 km}
          - {name: bc, between: [b, c], length: 80 km}
          - {name: ca, between: [c, a], length: 80 km}
      light: {each_fibre: {channels: 1}}
      traffic:
        - demand: {name: d, from: a, to: b, rate: 1 Gbps}
      """, to: "triangle.yaml")
    func names(_ kind: String) throws -> [String] {
      let study = try bench.study(
        """
        study: s
        scenario: triangle.yaml
        axes: [{name: cut, fail: {each: \(kind), at: 10 min, for: 20 min}}]
        """)
      _ = try StudyPlan(study, jobs: 1) { _, _ in true }
      return study.axes[0].levels.map(\.label)
    }
    #expect(try names("fibre") == ["ab", "bc", "ca"])
    #expect(try names("site") == ["a", "b", "c"])
    let study = try bench.study(
      "{study: s, scenario: triangle.yaml, axes: [{name: c, fail: {each: site, at: 10 min}}]}")
    // Two fibres end at each corner.
    #expect(try study.load(study.cell(0)).model.light.faults.count == 2)
  }
}
