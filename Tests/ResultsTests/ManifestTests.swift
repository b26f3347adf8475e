// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Results
import Testing
import Text

@Suite struct ManifestTests {
  @Test func theManifestHoldsTheScenario() throws {
    let manifest = Manifest(
      name: "ring", version: "0.1.0", seed: .max, status: .complete, digest: 0xabc, events: 12,
      wallSeconds: 0.25, simulatedSeconds: 60, directory: "/scenarios",
      inputs: [
        .init(
          path: "ring.csv",
          record: .init(fingerprint: .init(bytes: 6, hash: 1), isPart: true, fileBytes: 9)),
        .init(path: "pipe", record: nil),
      ],
      scenario: "{\"name\": \"ring\"}")
    let text = manifest.json.prettyText
    #expect(text.contains("\"seed\": 18446744073709551615,"))
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(object?["digest"] as? String == "0000000000000abc")
    #expect(object?["wall_s"] as? Double == 0.25)
    #expect(object?["directory"] as? String == "/scenarios")
    #expect((object?["scenario"] as? [String: String]) == ["name": "ring"])
    let inputs = object?["inputs"] as? [[String: Any]]
    #expect(inputs?.map { $0["bytes"] as? Int } == [6, nil])
    #expect(inputs?.map { $0["read"] as? String } == ["part", nil])
    #expect(inputs?.map { $0["file_bytes"] as? Int } == [9, nil])
  }

  @Test func theDataPackageDescribesEveryColumn() throws {
    let table = TableSchema(
      file: "flows.csv", about: "A flow a row.",
      columns: [
        Column("flow", .string, about: "Its name."),
        Column("start_s", .number, unit: "s", about: "When it started."),
      ])
    let package = DataPackage(title: "Ring 1: Ningxia", tables: [table, SummaryTable.schema])
    let data = Data(package.json.prettyText.utf8)
    let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    #expect(object?["name"] as? String == "ring-1-ningxia")
    let resources = object?["resources"] as? [[String: Any]]
    #expect(resources?.map { $0["path"] as? String } == ["flows.csv", "summary.csv"])
    let schema = resources?.first?["schema"] as? [String: Any]
    let fields = schema?["fields"] as? [[String: String]]
    #expect(fields?.map { $0["unit"] } == [nil, "s"])
    #expect(fields?.map { $0["type"] } == ["string", "number"])
    let dialect = resources?.first?["dialect"] as? [String: Any]
    #expect(dialect?["lineTerminator"] as? String == "\n")
  }

  @Test func aTitleWithoutLatinLettersStillHasAName() {
    #expect(DataPackage(title: "算力网", tables: []).json.prettyText.contains("\"name\": \"run\""))
  }
}
