// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario
internal import YAMLReader

// Which combinations of values a study runs.

extension StudyReader {
  func dimensions(of axes: [Axis]) -> [Dimension] {
    var dimensions: [Dimension] = []
    var sampled: Int?
    for (position, axis) in axes.enumerated() {
      if section.axes[position].between == nil {
        dimensions.append(Dimension(axes: [position], count: axis.levels.count))
      } else if let sampled {
        dimensions[sampled].axes.append(position)
      } else {
        sampled = dimensions.count
        dimensions.append(Dimension(axes: [position], count: axis.levels.count))
      }
    }
    return dimensions
  }

  /// Before any value is made: a study of far too many runs is told so at once.
  mutating func checkCount(_ replications: Replications) {
    let scenarios = Double(section.scenarios?.entries.count ?? 1)
    let dimensions = section.axes.count { $0.between != nil }
    let points = section.sample.map { SamplePoints.count($0, dimensions: dimensions) } ?? 1
    let crossed = section.axes.filter { $0.between == nil }.map(\.count)
    let drawn = dimensions > 0 ? [Double(points)] : []
    let counts = [scenarios] + crossed + drawn + [Double(replications.most)]
    let runs = counts.reduce(1, *)
    guard runs > Double(Study.mostRuns) else { return }
    let product = counts.filter { $0 > 1 }.map { Measure($0).text }.joined(separator: " x ")
    problems.add(
      found: "\(product) = \(Measure(runs).text) runs",
      expected: "at most \(Study.mostRuns); shorten an axis or draw a sample", at: .file)
  }

  mutating func combinations(_ axes: [Axis], _ dimensions: [Dimension]) -> [UInt32] {
    let count = dimensions.reduce(scenarios.count) { $0 * $1.count }
    // What fails in turn was not known before.
    guard count <= Study.mostRuns else {
      problems.add(
        found: "\(count) variants", expected: "at most \(Study.mostRuns)", at: .file)
      return []
    }
    guard let written = section.condition else { return (0..<UInt32(count)).map(\.self) }
    do throws(ConditionError) {
      let names = axes.map(\.name) + (scenarios.count > 1 ? [Study.scenarioColumn] : [])
      let condition = try ConditionParser.parse(written.value, axes: names)
      try check(condition, axes)
      let kept = try combinations(count, axes, dimensions, condition)
      if kept.isEmpty { throw ConditionError(text: "no combination of values is left") }
      return kept
    } catch {
      problems.add(error.text, at: written.place, path: written.path)
      return []
    }
  }

  private func combinations(
    _ count: Int, _ axes: [Axis], _ dimensions: [Dimension], _ condition: Condition
  ) throws(ConditionError) -> [UInt32] {
    var kept: [UInt32] = []
    for number in 0..<count {
      var rest = number
      var labels = Array(repeating: "", count: axes.count)
      for dimension in dimensions.reversed() {
        for axis in dimension.axes {
          labels[axis] = axes[axis].levels[rest % dimension.count].label
        }
        rest /= dimension.count
      }
      labels.append(scenarios[rest].label)
      if try condition.holds({ labels[$0] }) { kept.append(UInt32(number)) }
    }
    return kept
  }

  /// A word that no value of the axis is equal to is a slip.
  private func check(_ condition: Condition, _ axes: [Axis]) throws(ConditionError) {
    for (axis, literal, comparison) in condition.comparisons {
      guard comparison == .equal || comparison == .unequal, Measure(literal) == nil else {
        continue
      }
      let known = axis < axes.count ? axes[axis].levels.map(\.label) : scenarios.map(\.label)
      guard !known.contains(literal) else { continue }
      throw ConditionError(text: unknownName(literal, kind: "value", among: known))
    }
  }
}
