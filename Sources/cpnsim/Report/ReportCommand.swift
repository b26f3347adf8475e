// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Pages
internal import Results

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
      .flag("force", \.replaces, "Replace a file that exists."),
      .flag("quiet", \.isQuiet, "Do not say what was written."),
    ]
  }

  var folder = ""
  var out: String?
  var language = PageLanguage.en
  var basemap: String?
  var replaces = false
  var isQuiet = false

  func run() throws -> ExitCode {
    guard let out else { throw UsageError.other("--out is missing; expected the page to write") }
    let page = try RunPage(of: folder, in: language, basemap: basemap)
    try WholeFile.write(page.text, to: out, replacing: replaces)
    if !isQuiet { StandardError.write("Wrote \(out)\n") }
    return .done
  }
}
