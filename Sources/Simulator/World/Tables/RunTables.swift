// SPDX-License-Identifier: GPL-3.0-or-later

public import Results

/// The tables that a run writes row by row; those nobody asked for are absent.
public struct RunTables: ~Copyable {
  /// Whether what the run writes is kept, with a record of what it read.
  let areKept: Bool
  var flows: FlowsTable?
  var links: LinksTable?
  var bottlenecks: BottlenecksTable?
  var events: EventsTable?
  var lightpaths: LightpathsTable?
  var requests: RequestsTable?
  var services: ServicesTable?
  var paths: PathsTable?
  var demands: DemandsTable?
  var tokens: TokensTable?
  var tokenSites: TokenSitesTable?
  var samples: SamplesTable?
  var jobs: JobsTable?
  var elastic: ElasticTable?
  var transfers: TransfersTable?

  /// No tables at all.
  public init() {
    areKept = false
  }

  /// Starts the tables that the scenario asks for.
  public init(_ outputs: Outputs, in folder: ResultsFolder) throws(ResultsError) {
    areKept = true
    if outputs.kinds.contains(.flows) { flows = try FlowsTable(in: folder) }
    if outputs.kinds.contains(.links) { links = try LinksTable(in: folder) }
    if outputs.kinds.contains(.bottlenecks) { bottlenecks = try BottlenecksTable(in: folder) }
    if outputs.kinds.contains(.events) { events = try EventsTable(in: folder) }
    if outputs.kinds.contains(.lightpaths) { lightpaths = try LightpathsTable(in: folder) }
    if outputs.kinds.contains(.requests) { requests = try RequestsTable(in: folder) }
    if outputs.kinds.contains(.services) { services = try ServicesTable(in: folder) }
    if outputs.kinds.contains(.paths) { paths = try PathsTable(in: folder) }
    if outputs.kinds.contains(.demands) { demands = try DemandsTable(in: folder) }
    if outputs.kinds.contains(.tokens) { tokens = try TokensTable(in: folder) }
    if outputs.kinds.contains(.tokenSites) { tokenSites = try TokenSitesTable(in: folder) }
    if outputs.kinds.contains(.samples) { samples = try SamplesTable(in: folder) }
    if outputs.kinds.contains(.jobs) { jobs = try JobsTable(in: folder) }
    if outputs.kinds.contains(.elastic) { elastic = try ElasticTable(in: folder) }
    if outputs.kinds.contains(.transfers) { transfers = try TransfersTable(in: folder) }
  }

  /// The definitions of the tables that an output kind stands for.
  public static func schema(of kind: Outputs.Kind) -> TableSchema {
    switch kind {
    case .summary: SummaryTable.schema
    case .flows: FlowsTable.schema
    case .links, .fabricLinks: LinksTable.schema
    case .bottlenecks: BottlenecksTable.schema
    case .events: EventsTable.schema
    case .lightpaths: LightpathsTable.schema
    case .requests: RequestsTable.schema
    case .services: ServicesTable.schema
    case .paths: PathsTable.schema
    case .demands: DemandsTable.schema
    case .tokens: TokensTable.schema
    case .tokenSites: TokenSitesTable.schema
    case .samples: SamplesTable.schema
    case .jobs: JobsTable.schema
    case .elastic: ElasticTable.schema
    case .transfers: TransfersTable.schema
    }
  }

  /// The definitions of the tables that some output kinds stand for, each once.
  public static func schemas(of kinds: [Outputs.Kind]) -> [TableSchema] {
    var seen: Set<String> = []
    return kinds.map(schema(of:)).filter { seen.insert($0.file).inserted }
  }

  mutating func close() throws(ResultsError) {
    try flows?.close()
    try links?.close()
    try bottlenecks?.close()
    try events?.close()
    try lightpaths?.close()
    try requests?.close()
    try services?.close()
    try paths?.close()
    try demands?.close()
    try tokens?.close()
    try tokenSites?.close()
    try samples?.close()
    try jobs?.close()
    try elastic?.close()
    try transfers?.close()
  }
}
