// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Text

/// What `show pools` prints: a row a pool, and for people what all of them come to.
struct PoolListing {
  /// More rows than these are only for programs.
  static let mostRows = 20

  let listing: Listing
  /// A line each, about all pools.
  let sums: [String]

  func text(as format: OutputFormat) -> String {
    guard format == .table else { return listing.text(as: format) }
    guard !listing.rows.isEmpty else { return "no such pool\n" }
    var shown = Listing(listing.headings)
    for row in listing.rows.prefix(Self.mostRows) { shown.append(row) }
    let more = listing.rows.count - shown.rows.count
    let rest = more > 0 ? ["and \(counted(more, "pool")) more; --format csv has all"] : []
    return shown.table + "\n" + (rest + sums).map { $0.foldedToTerminal + "\n" }.joined()
  }

  /// Operations a second in the unit that sums of the country are published in.
  static func exaflops(_ flops: Double) -> String {
    formatted(digits: 4, of: flops / 1e18) + " EFLOPS"
  }

  /// A large count with its thousands apart, and what is counted.
  static func many(_ count: Int, _ word: String) -> String {
    "\(formatted(number: Double(count))) \(word)\(count == 1 ? "" : "s")"
  }
}
