// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results
internal import Studies

/// How far a study is, in lines or as data.
struct StatusListing {
  private let status: StudyStatus

  init(_ status: StudyStatus) {
    self.status = status
  }

  func text(as format: OutputFormat) -> String {
    var listing = Listing(["study", "done", "failed", "left", "runs", .init("run time", "run_s")])
    let left = status.of - status.done - status.failed
    listing.append([
      .text(status.name), .count(status.done), .count(status.failed),
      status.isFixed || left == 0 ? .count(left) : .text("at most \(left)"),
      status.isFixed ? .count(status.of) : .text("at most \(status.of)"),
      .seconds(status.seconds),
    ])
    return listing.text(as: format)
  }
}
