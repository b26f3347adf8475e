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

  @Test func textsGoOverLinesBeforeATableIsFolded() {
    var table = TerminalTable(["path", "delay"])
    table.append(["Beijing;Shijiazhuang;Zhengzhou;Wuhan", "5 ms"])
    table.append(["Beijing;Jinan", "2 ms"])
    #expect(
      table.rendered(maximumWidth: 31, isColoured: false) == """
        path                      delay
        Beijing;Shijiazhuang;      5 ms
        Zhengzhou;Wuhan
        Beijing;Jinan              2 ms

        """)
  }

  @Test func aTableThatIsTooWideIsFolded() {
    #expect(
      hubs.rendered(maximumWidth: 16, isColoured: false) == """
        hub         rate
          note
        贵州    400 Gbps
          x
        Gansu   9.5 Gbps

        京津冀         -
          a longer note

        """)
  }

  @Test func aLoneRowIsFoldedToAList() {
    var table = TerminalTable(["hub", "rate", "path"])
    table.append(["贵州", "400 Gbps", "Beijing;Jinan;Hefei"])
    #expect(
      table.rendered(maximumWidth: 20, isColoured: false) == """
        hub   贵州
        rate  400 Gbps
        path  Beijing;Jinan;
              Hefei

        """)
  }

  @Test func aNameThatIsWiderThanTheTerminalStaysWhole() {
    var table = TerminalTable(["name", "n"])
    table.append(["a-very-long-name-of-a-fibre", "1"])
    table.append(["short", "2"])
    let text = table.rendered(maximumWidth: 10, isColoured: false)
    #expect(text.contains("a-very-long-name-of-a-fibre"))
  }

  @Test func columnsOfTheEnvironmentGoFirst() {
    #expect(Terminal.tableWidth(columns: "100", terminal: 80) == 100)
    #expect(Terminal.tableWidth(columns: "100", terminal: nil) == 100)
    #expect(Terminal.tableWidth(columns: nil, terminal: 80) == 80)
    #expect(Terminal.tableWidth(columns: "", terminal: nil) == nil)
    #expect(Terminal.tableWidth(columns: "wide", terminal: 80) == 80)
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
