// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Studies
internal import Text

/// The search for the commit that made a suite red, over the scenarios of a repository.
///
/// Every commit is asked the same: the suite is the one that stands in the user's tree, and the
/// program the one that runs; the scenarios and their files are those of the commit.
struct CommitSearch {
  private let suite: String
  private let jobs: Int
  private let watch: SuiteCheck.Watch

  init(_ suite: String, jobs: Int, watch: @escaping SuiteCheck.Watch) {
    self.suite = suite
    self.jobs = jobs
    self.watch = watch
  }

  /// Nil where the last commit is not worse than the first; otherwise lines on who is.
  func run(from good: String, to bad: String) throws -> String? {
    let tree = try GitWorktree(of: suite)
    let commits = try tree.commits(from: good, to: bad)
    guard let last = commits.last else {
      throw UsageError.other("--bisect: no commit lies between \(good) and \(bad)")
    }
    try tree.checkOut(good)
    let baseline = try check(tree).baseline(watch)
    var (report, worst) = (try report(tree, at: last, baseline), last)
    guard report.isRed else { return nil }
    var search = Bisection(count: commits.count)
    while let next = search.next {
      let name = try tree.name(of: commits[next])
      StandardError.write("checking \(name), at most \(search.left) to go\n")
      do {
        let found = try self.report(tree, at: commits[next], baseline)
        search.record(next, found.isRed ? .bad : .good)
        if found.isRed { (report, worst) = (found, commits[next]) }
      } catch let stopped as StoppedCheck {
        throw stopped
      } catch {
        StandardError.write("passed over, as it can't be judged: \(error)\n")
        search.record(next, .unknown)
      }
    }
    return try text(search, commits, tree, report, worst)
  }

  private func text(
    _ search: Bisection, _ commits: [String], _ tree: GitWorktree, _ report: CheckReport,
    _ worst: String
  ) throws -> String {
    let suspects = search.suspects
    let first =
      suspects.count == 1
      ? "the first commit that is worse is \(try tree.name(of: worst))\n"
      : "the first commit that is worse is one of these, of which only the last could be judged:\n"
        + (try suspects.map { "  \(try tree.name(of: commits[$0]))\n" }.joined())
    return first + report.messages.filter { !$0.hasPrefix("note") }.map { "\($0)\n" }.joined()
  }

  private func check(_ tree: GitWorktree) throws -> SuiteCheck {
    try SuiteCheck(Suite(path: tree.file), jobs: jobs)
  }

  private func report(
    _ tree: GitWorktree, at commit: String, _ baseline: Baseline
  ) throws -> CheckReport {
    try tree.checkOut(commit)
    return try check(tree).report(against: baseline, watch)
  }
}
