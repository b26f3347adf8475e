// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Pages
internal import Results
internal import Text

/// `cpnsim report`: makes a page of a run to look at, and to show to others.
struct ReportCommand: Command {
  static let name = "report"
  static let abstract = "Make a page of a run, to look at and to show to others."
  static let discussion = """
    The page is one file of HTML that asks nobody for anything: a map with the use of links by \
    time, series that zoom, how times are spread, from where to where traffic went, jobs, energy \
    and the assumptions of the scenario. It has what the tables of the folder have, and says \
    which line of `outputs` would bring the rest.
    """
  static let examples = [
    Example(
      "cpnsim run Scenarios/fibre-cut.yaml --out results/cut", "Make the run that is shown."),
    Example("cpnsim report results/cut --out cut.html", "Make a page of it."),
    Example(
      "cpnsim report results/cut --timeline cut.json.gz",
      "Write a timeline, to be opened in a Perfetto viewer."),
    Example(
      "cpnsim report results/cut --out cut-zh.html --language zh", "Make the page in Chinese."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .argument("run", \.folder, "The results folder of a run.").taking("folder", .directory),
      .option("out", \.out, "The page to write.").taking("file", .file(extensions: ["html"])),
      .option("language", \.language, "The language of the page."),
      .option(
        "basemap", \.basemap, "GeoJSON to draw under the network, for the built-in coastline."
      )
      .taking("file", .file(extensions: ["geojson", "json"])),
      .option(
        "timeline", \.timeline,
        "Write what the run did by time as trace events, for Perfetto; packed where it ends in .gz."
      ).taking("file", .file(extensions: ["gz", "json"])),
      .flag("force", \.replaces, "Replace a file that exists."),
      .flag("quiet", \.isQuiet, "Do not say what was written."),
    ]
  }

  var folder = ""
  var out: String?
  var language = PageLanguage.en
  var basemap: String?
  var timeline: String?
  var replaces = false
  var isQuiet = false

  func run() throws -> ExitCode {
    guard out != nil || timeline != nil else {
      throw UsageError.other("--out is missing; expected the page to write")
    }
    if let out { try writePage(out) }
    if let timeline { try writeTimeline(timeline) }
    return .done
  }

  private func writePage(_ out: String) throws {
    let page = try RunPage(of: folder, in: language, basemap: basemap)
    try WholeFile.write(page.text, to: out, replacing: replaces)
    if !isQuiet { StandardError.write("Wrote \(out)\n") }
  }

  private func writeTimeline(_ path: String) throws {
    let timeline = try Timeline(of: folder)
    for (kind, count) in timeline.leftOut {
      StandardError.write(
        warnings: ["\(path): \(count) of \(kind) are left out, so that a viewer can open it"])
    }
    try timeline.write(to: path, replacing: replaces)
    if !isQuiet { StandardError.write("Wrote \(path), \(counted(timeline.count, "event"))\n") }
  }
}
