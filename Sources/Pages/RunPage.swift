// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// A run as one page of HTML that asks nobody for anything.
///
///     let text = try RunPage(of: "results/day", in: .en).text
///
/// What it says is from the folder of the run alone, so the page can be made wherever that is.
public struct RunPage {
  private let content: RunContent
  private let use: LinkUse?
  private let basemap: Coast

  /// Reads the folder; `basemap` is a file of GeoJSON to draw in place of the built-in coastline.
  public init(of path: String, in language: PageLanguage, basemap: String? = nil) throws {
    let folder = try RunFolder(path)
    content = try RunContent(folder, Wording(language))
    use = try folder.table("links").map { try LinkUse($0) }
    self.basemap = try basemap.map { try Coast.file($0) } ?? .builtIn
  }

  /// The whole page.
  public var text: String {
    get throws {
      let folder = content.folder
      let words = content.words
      let about = words.filled(
        "head.run", folder.seed, folder.digest, folder.version)
      var document = PageDocument(
        title: folder.name, about: about, words: words, sections: try sections())
      document.add("end", .number(folder.end))
      document.add("step", .number(step))
      document.add("scenario", folder.scenario.json)
      if let use, !use.times.isEmpty { document.add("links", use.json) }
      return document.text
    }
  }

  /// The time between two samples, by which instants are written with or without seconds.
  private var step: Double {
    guard let times = use?.times, times.count > 1 else { return 60 }
    return times[1] - times[0]
  }

  private func sections() throws -> [Section] {
    let all: [Section?] = [
      content.overview(), try content.network(use, on: basemap), try content.flows(),
      try content.tokens(), try content.inference(), try content.requests(), try content.jobs(),
      try content.energy(), try content.events(), content.allMetrics(), content.assumptions(),
      content.missing(),
    ]
    return all.compactMap { $0 }
  }
}
