// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import NetworkModel
internal import Results
internal import Scenario
internal import Simulator

/// `cpnsim show`: prints what a scenario comes to, or what the tables of a run mean.
struct ShowCommand: Command {
  static let name = "show"
  static let abstract =
    "Show the network, links, paths or light of a scenario, a trace, columns, or presets."
  static let discussion = """
    'show network' counts the links at each node; links that stand alone are in a row without a \
    node. As geojson or graphviz it is a map with all fibres and links.

    'show paths' lists the paths that the flows of the scenario take, those of its traces among \
    them; with --from or --to, or both, the paths of least delay between those nodes instead.

    'show fibres' tells how many channels close on each fibre, in the mode that carries most or \
    in that of --rate, and the line rate with which all of them do. 'show light' gives the terms \
    of the quality of a route: powers in the bandwidth of the signal, ratios with the noise in 0.1 \
    nm; of the channel that arrives worst unless --channel asks for another. 'show circles' tells \
    which places light reaches in 5 ms and in 20 ms.

    'show trace' sums a trace up: how many records at what rate, the quantiles of their gaps and of \
    what they ask for, and distributions fitted to those. It reads flows and jobs as CSV, jobs in \
    the Standard Workload Format, and requests to language models as CSV or JSON lines.

    'show headroom' tells what each link has to keep behind a pause to lose nothing (rate times \
    round trip, the packets that both ends have begun, the pause and the reaction to it), what its \
    port keeps, and the rate up to which that is enough.

    Without a file these show the built-in national network. 'show columns' tells type, unit and \
    meaning of every column that a run writes, or of those of one table. 'show presets' lists the \
    workloads that generators can take.
    """
  static let examples = [
    Example("cpnsim show network", "Show the built-in national network."),
    Example(
      "cpnsim show network Scenarios/fibre-cut.yaml --format geojson", "Draw it on a map."),
    Example("cpnsim show links Scenarios/ring.yaml --format csv", "List the links as CSV."),
    Example(
      "cpnsim show paths Scenarios/national-clusters.yaml --from guian --to wuhu",
      "Find the path of least delay."),
    Example("cpnsim show fibres --rate '200 Gbps'", "Count the 200G channels of each fibre."),
    Example("cpnsim show light --from ZJK --to SG", "Explain how light arrives."),
    Example("cpnsim show circles", "See what is within 5 ms of each hub."),
    Example(
      "cpnsim show headroom --rate '400 Gbps' --length '1000 km'",
      "Tell the buffer that a lossless link needs."),
    Example("cpnsim show trace Scenarios/traces/requests.jsonl", "Sum up requests."),
    Example(
      "cpnsim show trace Scenarios/ring.csv --kind flows --format csv", "Sum up flows, as CSV."),
    Example("cpnsim show columns flows", "Explain the columns of flows.csv."),
    Example("cpnsim show presets", "List the workloads that generators can take."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .argument("what", \.subject, "What to show."),
      .optionalArgument(
        "file", \.file, "The scenario or trace file; with columns, the name of a table."
      )
      .taking("file", .ofSubject),
      .option("from", \.from, "With paths, light and circles: from this node.").taking("node"),
      .option("to", \.to, "With paths and light: to this node.").taking("node"),
      .option("path", \.path, "With light: this route, its nodes or fibres joined by ';'.")
        .taking("names"),
      .option("channel", \.channel, "With light: this channel, counted from 1.")
        .taking("number"),
      .flag("all-modes", \.showsAllModes, "With light: every mode that fits the grid."),
      .option("rate", \.rate, "With fibres: channels of this line rate; with headroom: of a link.")
        .taking("rate"),
      .option("length", \.length, "With headroom: of a link that is in no file.").taking("length"),
      .option("kind", \.trace.kind, "With trace: what it holds, if not told by its content."),
      .options("map", \.trace.map, "With trace: the column that holds a role.")
        .taking("role=column"),
      .option("time-unit", \.trace.timeUnit, "With trace: what numbers of its times count."),
      .flag("lenient", \.trace.isLenient, "With trace: count bad lines and skip them."),
      .flag("sort", \.trace.sorts, "With trace: put its rows in order of time."),
      .settings(\.settings),
      .removals(\.removals),
      .option("format", \.format, "How the answer is printed; maps are of 'show network'."),
    ]
  }

  enum Subject: String, CaseIterable, ArgumentValue {
    case network, links, paths, fibres, light, circles, headroom, trace, columns, presets
  }

  /// The names of the tables of a run.
  static var tables: [TableSchema] { RunTables.schemas(of: Outputs.Kind.allCases) }

  enum Format: String, CaseIterable, ArgumentValue {
    case table, csv, json, geojson, graphviz
  }

  var subject = Subject.network
  var file: String?
  var from: String?
  var to: String?
  var path: String?
  var channel: Int?
  var showsAllModes = false
  var rate: BitsPerSecond?
  var length: Kilometres?
  var trace = TraceArguments()
  var settings: [String] = []
  var removals: [String] = []
  var format = Format.table

  func run() throws -> ExitCode {
    try checkOptions()
    if subject == .trace {
      try trace.show(file, as: OutputFormat(rawValue: format.rawValue) ?? .table)
      return .done
    }
    if let rate, let length {
      let listing = HeadroomListing.listing(rate: rate, length: length)
      try StandardOutput.write(listing.text(as: OutputFormat(rawValue: format.rawValue) ?? .table))
      return .done
    }
    try StandardOutput.write(text())
    return .done
  }

  private func text() throws -> String {
    if subject == .presets {
      guard file == nil else { throw UsageError.other("'show presets' takes no file") }
      return PresetListing.listing().text(as: OutputFormat(rawValue: format.rawValue) ?? .table)
    }
    let loaded = try subject == .columns ? nil : loaded()
    switch (format, loaded) {
    case (.geojson, let loaded?): return GeoJSONMap.text(of: try map(of: loaded))
    case (.graphviz, let loaded?): return GraphvizMap.text(of: try map(of: loaded))
    case (_, let loaded?):
      let text = try answer(for: loaded).text(as: OutputFormat(rawValue: format.rawValue) ?? .table)
      return text + (subject == .light && format == .table ? protectionNote(of: loaded.model) : "")
    case (_, nil): return try columns().text(as: OutputFormat(rawValue: format.rawValue) ?? .table)
    }
  }

  /// What protection takes of the links of a scenario, below a table for people.
  private func protectionNote(of model: Model) -> String {
    let note = ProtectionCost(ofLinksOf: model.lit).note
    return note.isEmpty ? "" : "\n" + note
  }

  /// Options belong to some subjects only, and would do nothing with others.
  private func checkOptions() throws(UsageError) {
    let ofScenarios = Set(Subject.allCases).subtracting([.trace, .columns, .presets])
    let uses: [(String, isGiven: Bool, Set<Subject>)] = [
      ("--from", from != nil, [.paths, .light, .circles]),
      ("--to", to != nil, [.paths, .light]),
      ("--path", path != nil, [.light]), ("--channel", channel != nil, [.light]),
      ("--all-modes", showsAllModes, [.light]), ("--rate", rate != nil, [.fibres, .headroom]),
      ("--length", length != nil, [.headroom]),
      ("--kind", trace.kind != nil, [.trace]), ("--map", !trace.map.isEmpty, [.trace]),
      ("--time-unit", trace.timeUnit != nil, [.trace]), ("--lenient", trace.isLenient, [.trace]),
      ("--sort", trace.sorts, [.trace]),
      ("--set", !settings.isEmpty, ofScenarios), ("--unset", !removals.isEmpty, ofScenarios),
      ("--format \(format.rawValue)", format == .geojson || format == .graphviz, [.network]),
    ]
    for (option, isGiven, subjects) in uses where isGiven && !subjects.contains(subject) {
      let known = Subject.allCases.filter(subjects.contains).map { "'show \($0.rawValue)'" }
      throw .other("\(option) goes with \(known.joined(separator: ", ")) only")
    }
    if subject == .headroom, (file != nil) == (rate != nil) || (rate == nil) != (length == nil) {
      throw .other("'show headroom' needs a scenario file, or --rate and --length")
    }
    guard subject == .light else { return }
    guard (path == nil) != (from == nil && to == nil), (from == nil) == (to == nil) else {
      throw .other("'show light' needs --from and --to, or --path")
    }
  }

  private func loaded() throws -> LoadedScenario {
    if let file {
      return try ScenarioFile.load(
        path: file, settings: settings, removing: removals, needsTraffic: false)
    }
    guard subject != .links && subject != .paths else {
      throw UsageError.other("'show \(subject.rawValue)' needs a scenario file")
    }
    return try ScenarioFile.national(settings: settings, removing: removals)
  }

  private func answer(for loaded: LoadedScenario) throws -> Listing {
    let model = loaded.model
    switch subject {
    case .links: return LinkListing.links(of: model.topology)
    case .headroom: return HeadroomListing.listing(of: model.topology)
    case .paths:
      var paths = PathListing(model)
      return try paths.listing(from: from, to: to)
    case .fibres: return try FibreListing(model, rate: rate).listing
    case .light:
      let light = try LightListing(model, channel: channel, showsAllModes: showsAllModes)
      if let path { return try light.listing(path: path) }
      return try light.listing(from: from ?? "", to: to ?? "")
    case .circles:
      let circles = try CircleListing(loaded)
      return try from.map { try circles.listing(from: $0) } ?? circles.listing()
    case .network, .trace, .columns, .presets: return LinkListing.nodes(of: loaded)
    }
  }

  /// A map that tells of each fibre what light makes of it, where that is known.
  private func map(of loaded: LoadedScenario) throws -> NetworkMap {
    var map = loaded.map()
    if case .byQuality = loaded.model.light.rating, !loaded.model.light.plant.fibres.isEmpty {
      try FibreListing(loaded.model, rate: nil).add(to: &map)
    }
    return map
  }

  /// The columns of one table, or of all.
  private func columns() throws(UsageError) -> Listing {
    let tables = Self.tables
    guard let file else { return ColumnListing.columns(of: tables) }
    guard let table = tables.first(where: { $0.name == file || $0.file == file }) else {
      throw .invalidValue(
        file, parameter: "<file>", expected: "table", choices: tables.map(\.name))
    }
    return ColumnListing.columns(of: [table])
  }
}
