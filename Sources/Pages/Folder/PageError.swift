// SPDX-License-Identifier: GPL-3.0-or-later

/// Why no page can be made of what is there.
public struct PageError: Error, Equatable, CustomStringConvertible {
  public enum Reason: Equatable, Sendable {
    case noJSON(found: String, expected: String)
    case noScenario
    /// Neither a run nor a study.
    case noResults
    /// A basemap that is not GeoJSON, or has no areas and no lines.
    case noShapes
    case mixed
  }

  public var path: String
  public var reason: Reason

  public var description: String {
    switch reason {
    case .noJSON(let found, let expected): "\(path): found \(found), expected \(expected)"
    case .noScenario:
      "\(path)/manifest.json: the scenario is missing; expected the results folder of a run"
    case .noResults:
      "\(path): found neither manifest.json nor study.json; expected the results folder of a run, "
        + "which 'cpnsim run SCENARIO --out FOLDER' writes, or of a study"
    case .noShapes:
      "\(path): found no Polygon, MultiPolygon, LineString or MultiLineString; expected GeoJSON "
        + "with some, in longitude and latitude"
    case .mixed: "\(path) is the folder of a study; expected two runs to be compared"
    }
  }
}
