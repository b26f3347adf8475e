// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

// SPDX-License-Identifier: GPL-3.0-or-later
@testable import CommandLine

@Suite struct TerminalTableTests {
  private var hubs: TerminalTable {
    var table = TerminalTable(["hub", "rate", "note"])
    table.append(["贵州", "400 Gbps", "x"])
    table.append(["Gansu", "9.5 Gbps", ""])
    table.append(["京津冀", "-", "a longer note"])
    return table
  }

  @Test func numbersStandRightAndWideNamesLineUp() {
    // The three wide characters take six columns.
    #expect(
      hubs.rendered(maximumWidth: nil, isColoured: false) == """
        hub         rate  note
        贵州    400 Gbps  x
        Gansu   9.5 Gbps
        京津冀         -  a longer note

        """)
  }

  @Test func widestColumnIsCutFirst() {
    // 6 + 8 + 13 columns and two gaps of 2 are 31: at 26 the notes keep 8.
    let lines = hubs.rendered(maximumWidth: 26, isColoured: false).split(separator: "\n")
    #expect(lines.last == "京津冀         -  a longe…")
    #expect(lines.allSatisfy { String($0).displayWidth <= 26 })
  }

  @Test func onlyTheHeaderIsColoured() {
    let text = hubs.rendered(maximumWidth: nil, isColoured: true)
    #expect(text.hasPrefix("\u{1B}[1mhub         rate  note\u{1B}[0m\n"))
    #expect(text.split(separator: "\u{1B}").count == 2)
  }

  @Test(arguments: [("", 0), ("abc", 3), ("e\u{301}", 1), ("算力网", 6), ("…", 1), ("🛰️", 2), ("ｱ", 1)])
  func displayWidthCountsColumns(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test func wideCharactersAreNotCutInHalf() {
    #expect("算力网".truncated(toWidth: 4) == "算…")
    #expect("算力网".truncated(toWidth: 6) == "算力网")
    #expect("abc".truncated(toWidth: 0).isEmpty)
  }

  @Test func colourNeedsATerminalAndConsent() {
    #expect(Terminal.allowsColour(isTerminal: true, noColour: nil, kind: "xterm"))
    #expect(Terminal.allowsColour(isTerminal: true, noColour: "", kind: nil))
    #expect(!Terminal.allowsColour(isTerminal: true, noColour: "1", kind: "xterm"))
    #expect(!Terminal.allowsColour(isTerminal: true, noColour: nil, kind: "dumb"))
    #expect(!Terminal.allowsColour(isTerminal: false, noColour: nil, kind: "xterm"))
  }
}
