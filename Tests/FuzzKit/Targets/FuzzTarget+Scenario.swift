// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario
internal import Text

extension FuzzTarget {
  /// A scenario loads, and with its defaults written down again; or it says why not.
  static let scenario = FuzzTarget("scenario", longest: 8192, words: scenarioWords) { bytes in
    MemoryFile.withFolder(of: [("input.yaml", bytes)]) { flaw(ofScenario: "\($0)/input.yaml") }
  }

  /// Changes to scenarios that are taken without them, for what a check of a whole file rarely
  /// gets to: the first byte chooses the scenario, and each line after it is a setting.
  static let check = FuzzTarget("check", longest: 512, words: scenarioWords) { bytes in
    let base = BaseScenario.all[Int(bytes.first ?? 0) % BaseScenario.all.count]
    let lines = String(decoding: bytes.dropFirst(), as: UTF8.self).split(separator: "\n").prefix(8)
    let removed = lines.filter { $0.first == "-" }.map { String($0.dropFirst()) }
    let settings = lines.filter { $0.first != "-" }.map(String.init)
    return MemoryFile.withFolder(of: [("input.yaml", Array(base.utf8))]) {
      flaw(ofScenario: "\($0)/input.yaml", settings: settings, removing: removed)
    }
  }

  /// Jobs that share types of accelerators, listed or in columns.
  static let fleet = FuzzTarget(
    "fleet", longest: 2048,
    words: [
      "accelerators: {", "jobs: [", "{name: a, speed: {", "steps: ", "weight: ", "arrival: 1 h",
      "\"gpu_types\": [", "\"capacity\": [", "\"throughput_steps_per_s\": [[",
      "\"gpus_per_job\": [", "\"weights\": [", "\"steps_left\": [", "\"max_min\": {}", "1e18",
    ]
  ) { bytes in
    MemoryFile.with(bytes) { path in
      do throws(ScenarioErrors) {
        _ = try SharedFleetFile.load(path: path)
        return nil
      } catch {
        return error.problems.isEmpty ? "it is refused, and nobody says why" : nil
      }
    }
  }

  /// The manifest of a run, as explain reads it.
  static let manifest = FuzzTarget("manifest", longest: 8192, words: scenarioWords) { bytes in
    MemoryFile.withFolder(of: [("manifest.json", bytes)]) { folder in
      do throws(ScenarioErrors) {
        _ = try ScenarioFile.load(manifest: "\(folder)/manifest.json")
        return nil
      } catch {
        return error.problems.isEmpty ? "it is refused, and nobody says why" : nil
      }
    }
  }

  /// A table of requests for lightpaths, as a scenario refers to it.
  static let circuits = FuzzTarget(
    "circuits", longest: 2048, words: ["request,start_s,source,target,rate_bps,hold_s,protection"]
  ) { bytes in
    let files = [("input.yaml", Array(lit.utf8)), ("requests.csv", bytes)]
    return MemoryFile.withFolder(of: files) { flaw(ofScenario: "\($0)/input.yaml") }
  }

  private static let lit = """
    scenario: lit
    duration: 1 h
    network: {fibres: [{name: f, between: [a, b], length: 80 km}]}
    light: {requests: [{trace: requests.csv}]}
    """

  /// Why a scenario is not taken; nil where it is.
  static func refusal(of text: String) -> String? {
    MemoryFile.withFolder(of: [("input.yaml", Array(text.utf8))]) { folder in
      do throws(ScenarioErrors) {
        _ = try ScenarioFile.load(path: "\(folder)/input.yaml")
        return nil
      } catch {
        return "\(error.problems)"
      }
    }
  }

  private static func flaw(
    ofScenario path: String, settings: [String] = [], removing removed: [String] = []
  ) -> String? {
    let resolved: String
    do throws(ScenarioErrors) {
      let loaded = try ScenarioFile.load(path: path, settings: settings, removing: removed)
      guard loaded.inputs.isEmpty else { return nil }
      resolved = loaded.resolvedJSON
    } catch {
      return error.problems.isEmpty ? "it is refused, and nobody says why" : nil
    }
    return MemoryFile.with(Array(resolved.utf8)) { path in
      do throws(ScenarioErrors) {
        let again = try ScenarioFile.load(path: path).resolvedJSON
        return again == resolved ? nil : "with its defaults it is another scenario: \(resolved)"
      } catch {
        return "with its defaults it is refused: \(error.problems): \(resolved)"
      }
    }
  }

  /// Every key and every choice that the schema knows, and values with units.
  private static let scenarioWords: [String] = {
    let root = try? JSONValue(reading: UTF8Text(Array(JSONSchema.text.utf8)))
    var words = Set(root.map(spellings) ?? [])
    words.formUnion(values)
    return words.sorted()
  }()

  private static func spellings(in schema: JSONValue) -> [String] {
    switch schema.content {
    case .object(let members):
      members.flatMap { member -> [String] in
        guard member.key == "properties", case .object(let keys) = member.value.content else {
          return spellings(in: member.value)
        }
        return keys.flatMap { [$0.key + ": "] + spellings(in: $0.value) }
      }
    case .array(let elements): elements.flatMap(spellings)
    case .string(let text) where (1..<40).contains(text.utf8.count) && !text.contains(" "): [text]
    default: []
    }
  }

  private static let values = [
    "1 Gbps", "1 Pbps", "1 B", "1000 EB", "1 ns", "1 s", "292 years", "24 h", "1 d", "100 /s",
    "1 %",
    "80 km", "75 GHz", "191.35 THz", "64 GBd", "3 dB", "0.2 dB/km", "1e18", "1e-18", "0", "-1",
    "1e9",
    "1000000", "9223372036854775807", "national", "all", "{", "}", "[", "]", ", ", ": ", "[+]=",
    "[0]",
    "=", "\n  ", "\n- ",
  ]
}
