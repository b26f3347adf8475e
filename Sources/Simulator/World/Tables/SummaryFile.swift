// SPDX-License-Identifier: GPL-3.0-or-later
public import Results

/// `summary.csv`: a number about the whole run a row.
public enum SummaryFile: RunTable {
  public static let kinds: [Outputs.Kind] = [.summary]

  public static let schema = SummaryTable.schema
}

extension TableWriter<SummaryFile> {
  func write(_ summary: SummaryTable) throws(RunError) {
    do { try summary.write(to: &rows) } catch { throw .results(error) }
  }
}

extension Outputs.Kind {
  public static let summary = Outputs.Kind("summary")
}
