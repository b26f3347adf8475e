// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Planning
internal import Results
internal import Text

/// What `plan FILE` does with a plan file: finds builds, prints and writes them.
struct BuildReport {
  private let command: PlanCommand
  private let plan: BuildPlan

  init(_ command: PlanCommand) throws {
    self.command = command
    guard command.settings.isEmpty, command.removals.isEmpty else {
      throw UsageError.other(
        "--set and --unset change a scenario; '\(command.file)' is a plan, which has set and unset")
    }
    plan = try BuildPlan(path: command.file)
  }

  func write() throws -> ExitCode {
    let years = try command.watched("builds") { watch in
      let solver = SolverRun(command.solver ?? plan.solver.use, seconds: plan.solver.seconds) {
        watch(0.9)
      }
      return try PlanSearch(plan, jobs: command.threads, ask: solver.ask, watch).years()
    }
    switch command.format {
    case .table: try StandardOutput.write(table(years))
    case .csv: try StandardOutput.write(bill(years).csv)
    case .json: try StandardOutput.write(json(years).prettyText)
    }
    let texts = years.last.map { [("build.sh", script($0))] } ?? []
    try command.write(
      [
        ("bom.csv", bill(years)), ("curve.csv", curve(years)), ("levels.csv", levels(years)),
        ("bounds.csv", bounds(years)),
      ],
      texts: texts)
    return years.allSatisfy { $0.levels.allSatisfy(\.holds) && $0.short.isEmpty }
      ? .done : .regression
  }

  // MARK: - Tables

  private func bill(_ years: [YearPlan]) -> Listing {
    var listing = Listing([
      .init("item"), .init("place"), .init("count"), .init("price", "price_yuan"),
      .init("cost", "cost_yuan"), .init("year"), .init("reason"),
    ])
    for year in years {
      for item in year.items {
        listing.append([
          .text(item.kind.rawValue), .text(item.place), .count(item.count),
          .quantity(item.price, "yuan"), .quantity(item.cost, "yuan"),
          year.year.map { .count($0) } ?? .absent, .text(item.reason),
        ])
      }
    }
    return listing
  }

  private func levels(_ years: [YearPlan]) -> Listing {
    var listing = Listing([
      .init("level"), .init("year"), .init("screened"), .init("simulated"), .init("holds"),
    ])
    for year in years {
      for result in year.levels {
        listing.append([
          .text(result.level.text), year.year.map { .count($0) } ?? .absent,
          result.screened.map { .precise($0) } ?? .absent,
          result.simulated.map { .precise($0) } ?? .absent, .text(result.holds ? "yes" : "no"),
        ])
      }
    }
    return listing
  }

  private func curve(_ years: [YearPlan]) -> Listing {
    var listing = Listing(
      [.init("year"), .init("cost", "cost_yuan"), .init("loss"), .init("refused")]
        + plan.levels.map { .init($0.text) })
    for year in years {
      for point in year.curve {
        listing.append(
          [
            year.year.map { .count($0) } ?? .absent, .quantity(point.cost, "yuan"),
            point.loss.map { .precise($0) } ?? .absent,
            point.refused.map { .precise($0) } ?? .absent,
          ] + point.levels.map { $0.map { .precise($0) } ?? .absent })
      }
    }
    return listing
  }

  private func bounds(_ years: [YearPlan]) -> Listing {
    var listing = Listing([
      .init("year"), .init("solver"), .init("state"), .init("cost", "cost_yuan"),
      .init("bound", "bound_yuan"), .init("found", "found_yuan"), .init("gap"), .init("scope"),
    ])
    for year in years {
      guard let bound = year.bound else { continue }
      listing.append([
        year.year.map { .count($0) } ?? .absent, bound.answer.map { .text($0.solver) } ?? .absent,
        .text(bound.answer?.state.rawValue ?? "not asked"), .quantity(bound.cost, "yuan"),
        bound.bound.map { .quantity($0, "yuan") } ?? .absent,
        bound.answer?.cost.map { .quantity($0, "yuan") } ?? .absent,
        bound.gap.map { .precise($0) } ?? .absent, .text(bound.scope),
      ])
    }
    return listing
  }

  /// What a solver said, a line a year; the same failure is said once.
  private func remarks(_ years: [YearPlan]) -> String {
    var said: Set<String> = []
    return years.map { year in
      guard let bound = year.bound else { return "" }
      let text = bound.failure ?? "\(year.year.map { "in \($0) " } ?? "")\(bound.text)"
      return said.insert(text).inserted ? line(text) : ""
    }.joined()
  }

  private func table(_ years: [YearPlan]) -> String {
    let exceeded = years.flatMap { year in
      year.exceeded.prefix(command.shown).map { line("exceeded\(suffix(year)): \($0)") }
        + (year.exceeded.count > command.shown
          ? ["exceeded\(suffix(year)): \(year.exceeded.count - command.shown) more\n"] : [])
    }
    let short = years.flatMap { year in
      (year.short + year.hopeless).map { line("not enough\(suffix(year)): \($0)") }
    }
    let filled = years.filter { $0.fill != plan.fill }.map { year in
      let less = Cents.percent(year.fill)
      let asked = Cents.percent(plan.fill)
      return line("built\(suffix(year)) for links \(less) full: with \(asked) a run did not hold")
    }
    let cost = years.reduce(0) { $0 + $1.cost }
    let sum = "\(plan.name): \(formatted(cost, unit: "yuan")) in all\n"
    return [
      exceeded.joined(), short.joined(), filled.joined(),
      years.allSatisfy(\.items.isEmpty) ? "nothing is built\n" : bill(years).table, sum,
      remarks(years),
      levels(years).table,
    ]
    .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func line(_ text: String) -> String { text.foldedToTerminal + "\n" }

  private func suffix(_ year: YearPlan) -> String { year.year.map { " in \($0)" } ?? "" }

  private func json(_ years: [YearPlan]) -> JSON {
    .object([
      ("plan", .string(plan.name)), ("bill", bill(years).json), ("levels", levels(years).json),
      ("curve", curve(years).json), ("bounds", bounds(years).json),
      (
        "years",
        .array(
          years.map { year in
            .object([
              ("year", year.year.map { .integer(Int64($0)) } ?? .null),
              ("fill", .number(year.fill)),
              ("exceeded", .array(year.exceeded.map { .string($0) })),
              ("not_enough", .array((year.short + year.hopeless).map { .string($0) })),
              ("solver", JSON(year.bound?.text)),
              ("set", .array(year.settings.map { .string($0) })),
              ("unset", .array(year.removals.map { .string($0) })),
            ])
          })
      ),
    ])
  }

  /// A script that runs the scenario with all that is built, from the folder that the plan was read from.
  private func script(_ year: YearPlan) -> String {
    let words =
      ["cpnsim", "run", quoted(plan.scenarioPath)]
      + year.removals.map { "--unset \(quoted($0))" } + year.settings.map { "--set \(quoted($0))" }
    let name = plan.name.split(whereSeparator: \.isNewline).joined(separator: " ")
    return "#!/bin/sh\n# \(name): the scenario with all that is built\(suffix(year)).\n"
      + "exec " + words.joined(separator: " \\\n  ") + " \"$@\"\n"
  }

  private func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
