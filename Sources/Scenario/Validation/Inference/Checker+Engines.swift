// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Simulator
internal import Text
internal import Traffic
internal import YAMLReader

// How long the steps of an engine take.

extension Checker {
  /// The times of an engine on a pool; nil where they can't be told, which is reported.
  mutating func times(
    of section: EngineSection, _ knots: [StepKnots.Knot]?, on pool: PoolDesign
  ) -> StepTimes? {
    if let mixed = section.mixed, !(0.01...100).contains(mixed.value) {
      report("found \(mixed.value), expected a factor from 0.01 to 100", at: mixed)
    }
    let mixed = section.mixed?.value
    if section.times != nil {
      return knots.map { .knots(StepKnots($0, mixed: mixed ?? StepKnots.standardMixed)) }
    }
    if let rates = section.rates {
      return .rates(
        StepRates(
          prefill: rates.prefill.value.perSecond, decode: rates.decode.value.perSecond,
          floor: (rates.step ?? .standardStep).seconds, mixed: mixed ?? 1))
    }
    guard
      let rates = StepRates(accelerator: pool.accelerator, count: section.accelerators.value)
    else {
      let known = Accelerator.builtIn().filter { $0.prefill_tokens_s != nil }.map(\.name)
      report(
        "found neither times nor rates, and no tokens a second of "
          + "\(pool.accelerator.isEmpty ? "a pool without a type" : pool.accelerator), expected "
          + "times, rates, or one of \(known.joined(separator: ", "))", at: section.origin)
      return nil
    }
    return .rates(rates)
  }

  /// The knots of a file; nil where it can't be read, which is reported with the line.
  mutating func knots(in file: Written<String>) -> [StepKnots.Knot]? {
    let columns = ["batch_tokens", "prompt_time_ms", "token_time_ms"]
    guard let rows = rows(ofCSV: file, required: columns) else { return nil }
    let count = problems.count
    var knots: [StepKnots.Knot] = []
    for row in rows {
      func report(_ text: String) {
        self.report("\(Node.quoted(file.value)) line \(row.line): \(text)", at: file)
      }
      if let problem = row.problem {
        report(problem)
        continue
      }
      let numbers = columns.map { DecimalText(row[$0])?.value() ?? .nan }
      for (column, number) in zip(columns, numbers) where !(number > 0 && number <= 1e12) {
        report("found \(column) \(Node.quoted(row[column])), expected a number above zero")
      }
      if let last = knots.last, numbers[0] <= last.batchTokens {
        report(
          "found batch_tokens \(row["batch_tokens"]) behind \(last.batchTokens), expected more in "
            + "each line; a file has the times of one engine")
      }
      knots.append(
        StepKnots.Knot(
          batchTokens: numbers[0], promptTime: numbers[1] / 1000, tokenTime: numbers[2] / 1000))
    }
    guard problems.count == count else { return nil }
    guard knots.count >= 2 else {
      report(
        "found \(knots.count) knots in \(Node.quoted(file.value)), expected two or more", at: file)
      return nil
    }
    return areSound(knots, of: file) ? knots : nil
  }

  /// Whether times go on outside of the knots as times can.
  private mutating func areSound(_ knots: [StepKnots.Knot], of file: Written<String>) -> Bool {
    let first = StepKnots(Array(knots.prefix(2)))
    let least = min(
      first.seconds(promptTokens: 1, requests: 0), first.seconds(promptTokens: 0, requests: 1))
    if least <= 0 {
      report(
        "found times in \(Node.quoted(file.value)) that come to nothing for a batch of 1, expected a "
          + "first slope that does not", at: file)
      return false
    }
    let (low, high) = (knots[knots.count - 2], knots[knots.count - 1])
    if high.promptTime < low.promptTime || high.tokenTime < low.tokenTime {
      warnings.add(
        "found times that fall at the end of \(Node.quoted(file.value)): larger batches than "
          + "\(high.batchTokens) take less and less, down to nothing", at: file.place,
        path: file.path)
    }
    return true
  }
}

extension SimDuration {
  /// The least time of a step where nobody says one: 22 tokens a second for each stream.
  fileprivate static let standardStep = SimDuration(
    nanoseconds: Int64(StepRates.standardFloor * 1e9))
}
