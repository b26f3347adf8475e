// SPDX-License-Identifier: GPL-3.0-or-later
public import Results

/// The tables that a run writes row by row; those nobody asked for are absent.
public struct RunTables {
  /// All that there are, in the order in which people are told of them.
  public static let all: [any RunTable.Type] = [
    SummaryFile.self, FlowsTable.self, LinksTable.self, BottlenecksTable.self, EventsTable.self,
    LightpathsTable.self, RequestsTable.self, ServicesTable.self, PathsTable.self,
    DemandsTable.self, TokensTable.self, TokenSitesTable.self, TokenWaitsTable.self,
    SamplesTable.self, JobsTable.self, ElasticTable.self, TransfersTable.self, PoolsTable.self,
    ClustersTable.self, EnergyTable.self, AccountsTable.self, CapacityTable.self,
  ]

  /// Whether what the run writes is kept, with a record of what it read.
  let areKept: Bool
  private var open: [OpenTable] = []

  /// No tables at all.
  public init() {
    areKept = false
  }

  /// Starts the tables that the scenario asks for.
  public init(_ outputs: Outputs, in folder: ResultsFolder) throws(ResultsError) {
    areKept = true
    for table in RunTables.all where outputs.kinds.contains(table.kinds[0]) {
      open.append(try table.open(in: folder))
    }
  }

  /// The definitions of the tables that some output kinds stand for, each once.
  public static func schemas(of kinds: Set<Outputs.Kind>) -> [TableSchema] {
    all.filter { !kinds.isDisjoint(with: $0.kinds) }.map { $0.schema }
  }

  /// A table to write rows to; nil for one that nobody asked for.
  func writer<Table: RunTable>(of table: Table.Type) -> TableWriter<Table>? {
    for case let writer as TableWriter<Table> in open { return writer }
    return nil
  }

  func close() throws(RunError) {
    for table in open { try table.close() }
  }
}

/// The tables of what all activities share.
struct WorldTables {
  let flows: TableWriter<FlowsTable>?
  let links: TableWriter<LinksTable>?
  let bottlenecks: TableWriter<BottlenecksTable>?
  let events: TableWriter<EventsTable>?

  init(_ tables: RunTables) {
    flows = tables.writer(of: FlowsTable.self)
    links = tables.writer(of: LinksTable.self)
    bottlenecks = tables.writer(of: BottlenecksTable.self)
    events = tables.writer(of: EventsTable.self)
  }
}
