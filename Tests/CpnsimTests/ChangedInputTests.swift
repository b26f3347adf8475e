// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// A manifest certifies what was read, and nothing else.
@Suite struct ChangedInputTests {
  private static let header = "flow,start_s,source,target,bytes\n"

  /// Longer than what is read at once, so that a run of some rows has read a part.
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Self.header + rows(0..<60_000), to: "big.csv")
    try workspace.write(
      """
      scenario: t
      network: {links: [{name: l, from: a, to: b, capacity: 10 Gbps}]}
      traffic: [{trace: big.csv}, {trace: pipe}]

      """, to: "s.yaml")
    return workspace
  }

  private func rows(_ numbers: Range<Int>) -> String {
    numbers.map { "flow-number-\($0),\($0),a,b,1000000\n" }.joined()
  }

  private func fnv(_ data: Data) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in data { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The second trace is a pipe: while the run waits for it, the first is open and partly read.
  @Test(
    arguments: [
      "cat more.csv >> big.csv", "truncate -s 2000000 big.csv",
      "dd if=big.csv of=big.csv bs=1 count=1 conv=notrunc 2>/dev/null",
    ])
  func aTraceThatChangesWhileItIsReadIsAnError(_ change: String) throws {
    let workspace = try workspace()
    try workspace.write(rows(60_000..<60_010), to: "more.csv")
    let outcome = try workspace.bash(
      """
      mkfifo pipe; cpnsim run s.yaml --out out & run=$!
      exec 3> pipe; echo '\(Self.header.dropLast())' >&3
      \(change); exec 3>&-; wait $run
      """)
    #expect(outcome.code == 2)
    #expect(outcome.errors.hasPrefix("error: big.csv:"))
    #expect(outcome.errors.contains("the file changed while it was read"))
    #expect(!workspace.names.contains { $0.contains("out") })
  }

  @Test func aRunThatEndsEarlySaysWhatItRead() throws {
    let workspace = try workspace()
    let words = ["run", "s.yaml", "--set", "traffic=[{trace: big.csv}]", "--quiet"]
    let all = try workspace.cpnsim(words + ["--out", "all"])
    let early = try workspace.cpnsim(words + ["--out", "early", "--set", "duration=10 s"])
    #expect(all.code == 0 && early.code == 0)
    let data = try Data(contentsOf: URL(filePath: workspace.path + "/big.csv"))
    for (folder, read) in [("all", "whole"), ("early", "part")] {
      let manifest = try workspace.json(of: "\(folder)/manifest.json")
      let input = try #require((manifest["inputs"] as? [[String: Any]])?.first)
      let bytes = try #require(input["bytes"] as? Int)
      #expect(input["read"] as? String == read)
      #expect(input["file_bytes"] as? Int == data.count)
      #expect(read == "whole" ? bytes == data.count : bytes < data.count)
      #expect(input["fnv1a_64"] as? String == fnv(data.prefix(bytes)))
    }
    // What comes behind the part may change; the part may not.
    try workspace.write(data + Data(rows(60_000..<60_001).utf8), to: "big.csv")
    let flow = "flow-number-3"
    #expect(try workspace.cpnsim("explain", "early", "flow", flow).code == 0)
    #expect(try workspace.cpnsim("explain", "all", "flow", flow).code == 2)
    var changed = data
    changed[100] ^= 1
    try workspace.write(changed, to: "big.csv")
    #expect(try workspace.cpnsim("explain", "early", "flow", flow).code == 2)
  }

  /// The same events come of it; what is certified is the file on the disk.
  @Test func aPackedTraceIsCertifiedAsItIsStored() throws {
    let workspace = try workspace()
    #expect(try workspace.bash("gzip -k big.csv && mv big.csv.gz packed").code == 0)
    for file in ["big.csv", "packed"] {
      let outcome = try workspace.cpnsim(
        "run", "s.yaml", "--set", "traffic=[{trace: \(file)}]", "--quiet", "--out", "of-\(file)")
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
    let manifest = try workspace.json(of: "of-packed/manifest.json")
    let plain = try workspace.json(of: "of-big.csv/manifest.json")
    #expect(manifest["digest"] as? String == plain["digest"] as? String)
    let input = try #require((manifest["inputs"] as? [[String: Any]])?.first)
    let data = try Data(contentsOf: URL(filePath: workspace.path + "/packed"))
    #expect(input["bytes"] as? Int == data.count && input["read"] as? String == "whole")
    #expect(input["fnv1a_64"] as? String == fnv(data))
    #expect(try workspace.cpnsim("explain", "of-packed", "flow", "flow-number-3").code == 0)
    try workspace.write(data.dropLast(9), to: "packed")
    let cut = try workspace.cpnsim("show", "trace", "packed")
    #expect(cut.code == 2)
    #expect(cut.errors.contains("packed:6"), "\(cut.errors)")
    #expect(cut.errors.contains("the file ends in the middle of a gzip member"))
  }

  @Test func aTraceThatIsRepeatedIsCertifiedOnce() throws {
    let workspace = try workspace()
    try workspace.write(Self.header + rows(0..<3), to: "t.csv")
    let outcome = try workspace.cpnsim(
      "run", "s.yaml", "--set", "traffic=[{trace: {file: t.csv, repeat: 4}}]", "--out", "out",
      "--quiet")
    #expect(outcome.code == 0)
    let inputs = try #require(
      try workspace.json(of: "out/manifest.json")["inputs"] as? [[String: Any]])
    let data = try Data(contentsOf: URL(filePath: workspace.path + "/t.csv"))
    #expect(inputs.first?["bytes"] as? Int == data.count)
    #expect(inputs.first?["fnv1a_64"] as? String == fnv(data))
    #expect(try workspace.rows(of: "out/flows.csv").count == 12)
  }
}
