// SPDX-License-Identifier: GPL-3.0-or-later

/// p values adjusted for how many tests there are.
///
/// Each adjusted p is compared with the level as if it were the only one. The orders of what is
/// given and returned agree.
public enum MultipleTesting {
  /// Bonferroni's: p times m, which keeps the chance of any false alarm at the level.
  public static func bonferroni(_ p: [Double]) -> [Double] {
    p.map { min(1, $0 * Double(p.count)) }
  }

  /// Holm's: keeps what Bonferroni's keeps, however tests depend on each other, and finds more.
  ///
  /// The k-th smallest is multiplied by m - k + 1, and none is below one that comes before.
  /// S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Stat. 6 (1979).
  public static func holm(_ p: [Double]) -> [Double] {
    var adjusted = p
    var floor = 0.0
    for (rank, index) in ascending(p).enumerated() {
      floor = max(floor, min(1, p[index] * Double(p.count - rank)))
      adjusted[index] = floor
    }
    return adjusted
  }

  /// Benjamini and Hochberg's: keeps the expected share of false alarms among alarms at the level.
  ///
  /// The k-th smallest is multiplied by m / k, and none is above one that comes after. Valid for
  /// independent or positively dependent tests. Y. Benjamini and Y. Hochberg, J. R. Stat. Soc. B 57
  /// (1995).
  public static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    var adjusted = p
    var ceiling = 1.0
    for (rank, index) in ascending(p).enumerated().reversed() {
      ceiling = min(ceiling, p[index] * Double(p.count) / Double(rank + 1))
      adjusted[index] = ceiling
    }
    return adjusted
  }

  private static func ascending(_ p: [Double]) -> [Int] {
    p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
  }
}
