// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// The one file that a page is: its data as JSON, its looks and its program, all inside.
struct PageDocument {
  private let title: String
  private let about: String
  private let words: Wording
  private var members: [(name: String, value: JSON)]

  init(title: String, about: String, words: Wording, sections: [Section]) {
    self.title = title
    self.about = about
    self.words = words
    members = [("words", words.json), ("sections", .array(sections.map(\.json)))]
  }

  mutating func add(_ name: String, _ value: JSON) {
    members.append((name, value))
  }

  var text: String {
    let data = JSON.object(members).text(.flat)
    return """
      <!DOCTYPE html>
      <html lang="\(words.language == .zh ? "zh-CN" : "en")">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
      script-src 'unsafe-inline'; img-src data:">
      <meta name="generator" content="cpnsim">
      <link rel="icon" href="data:,">
      <title>\(Self.escaped(title))</title>
      <style>
      \(Self.style)</style>
      </head>
      <body>
      <nav aria-label="\(Self.escaped(words["nav"]))"><div></div></nav>
      <header><h1>\(Self.escaped(title))</h1><p class="quiet">\(Self.escaped(about))</p></header>
      <main></main>
      <footer><p>\(Self.escaped(words["foot"]))</p></footer>
      <div id="tip" role="tooltip" hidden></div>
      <noscript>\(Self.escaped(words["noscript"]))</noscript>
      <script id="data" type="application/json">\(Self.harmless(data))</script>
      <script>
      \(Self.program)</script>
      </body>
      </html>

      """
  }

  private static var style: String { String(decoding: PackageResources.page_css, as: UTF8.self) }

  private static var program: String {
    [
      PackageResources.format_js, PackageResources.chart_js, PackageResources.map_js,
      PackageResources.parts_js, PackageResources.main_js,
    ].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
  }

  /// JSON that no browser takes for the end of what it stands in.
  private static func harmless(_ json: String) -> String {
    guard json.utf8.contains(UInt8(ascii: "<")) else { return json }
    return json.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "\\u003c")
  }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
