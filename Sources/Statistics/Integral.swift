// SPDX-License-Identifier: GPL-3.0-or-later
private import CGSL

/// Integrals of smooth functions over a finite range.
enum Integral {
  /// The integral to an absolute error of 1e-13, by bisection with Gauss-Kronrod's 61 points.
  ///
  /// R. Piessens and others, *QUADPACK* (1983), routine QAG. Rounding can keep it from the last
  /// digits; what it then has is given.
  static func adaptive(from low: Double, to high: Double, _ body: (Double) -> Double) -> Double {
    guard let workspace = gsl_integration_workspace_alloc(limit) else { return .nan }
    defer { gsl_integration_workspace_free(workspace) }
    return withoutActuallyEscaping(body) { body in
      var body = body
      return withUnsafeMutablePointer(to: &body) { pointer in
        var function = gsl_function(function: call, params: UnsafeMutableRawPointer(pointer))
        var result = 0.0
        var error = 0.0
        gsl_integration_qag(
          &function, low, high, 1e-13, 0, limit, Int32(GSL_INTEG_GAUSS61), workspace, &result,
          &error)
        return result
      }
    }
  }

  /// The points and weights of Gauss and Legendre's rule over a range.
  static func gaussLegendre(
    _ count: Int, from low: Double, to high: Double
  ) -> (points: [Double], weights: [Double]) {
    guard let table = gsl_integration_glfixed_table_alloc(count) else { return ([], []) }
    defer { gsl_integration_glfixed_table_free(table) }
    var points = Array(repeating: 0.0, count: count)
    var weights = points
    for index in 0..<count {
      gsl_integration_glfixed_point(low, high, index, &points[index], &weights[index], table)
    }
    return (points, weights)
  }

  private static let limit = 1000

  /// Calls the Swift closure that GSL's parameter points to.
  private static let call: @convention(c) (Double, UnsafeMutableRawPointer?) -> Double = {
    $1?.assumingMemoryBound(to: ((Double) -> Double).self).pointee($0) ?? .nan
  }
}
