// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scheduling
internal import Text
internal import YAMLReader

// The jobs of a fleet in a CSV file: job,gpus,total_steps and <type>_steps_per_s of each type, and
// weight and arrival_s where there are any.

extension Checker {
  mutating func fleetJobs(
    inTable file: Written<String>, on types: [String]
  ) -> [SharedFleet.Job] {
    let required = ["job", "gpus", "total_steps"] + types.map { "\($0)_steps_per_s" }
    var names: Set<String> = []
    return (rows(ofCSV: file, required: required) ?? []).compactMap { row in
      let place = "\(Node.quoted(file.value)) line \(row.line)"
      if let problem = row.problem {
        report("\(place): \(problem)", at: file)
        return nil
      }
      if let problem = Name.problem(row["job"]) { report("\(place): \(problem)", at: file) }
      if !names.insert(row["job"]).inserted {
        report("\(place): found the job \(Node.quoted(row["job"])) a second time", at: file)
      }
      var speeds: [Double] = []
      for type in types {
        speeds.append(number("\(type)_steps_per_s", of: row, 0...1e18, or: 0, at: file))
      }
      return SharedFleet.Job(
        name: row["job"], accelerators: whole("gpus", of: row, at: file),
        weight: number("weight", of: row, Checker.weights, or: 1, at: file),
        steps: number("total_steps", of: row, 1e-9...1e18, or: nil, at: file), speeds: speeds,
        arrival: number("arrival_s", of: row, 0...1e9, or: 0, at: file))
    }
  }

  /// A number of a row; what is empty is the standard, where there is one.
  private mutating func number(
    _ column: String, of row: SmallTableRow, _ range: ClosedRange<Double>, or standard: Double?,
    at file: Written<String>
  ) -> Double {
    let text = row[column]
    if text.isEmpty, let standard { return standard }
    if let value = DecimalText(text)?.value(), range.contains(value) { return value }
    report(
      "\(Node.quoted(file.value)) line \(row.line): found \(column) \(Node.quoted(text)), expected a "
        + "number from \(range.lowerBound) to \(range.upperBound)", at: file)
    return range.lowerBound
  }

  private mutating func whole(
    _ column: String, of row: SmallTableRow, at file: Written<String>
  ) -> Int {
    let text = row[column]
    if let value = DecimalText(text)?.integer, (1...1_000_000_000).contains(value) {
      return Int(value)
    }
    report(
      "\(Node.quoted(file.value)) line \(row.line): found \(column) \(Node.quoted(text)), expected a "
        + "whole number above zero", at: file)
    return 1
  }
}
