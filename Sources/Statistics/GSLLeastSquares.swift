import Support

@preconcurrency import CGSL

extension GSL {
  /// What GSL gives of a least-squares problem of n rows and p columns.
  struct LeastSquares {
    var coefficients: [Double]
    /// p x p, scaled by the residual variance; not a number where n = p.
    var covariance: [[Double]]
    /// The standard deviation of the residuals on n - p degrees of freedom.
    var residualScale: Double
    /// The number of columns that are linearly independent.
    var rank: Int
  }

  /// Singular values below this share of the greatest count as zero. Columns are balanced first;
  /// sums of rounded numbers that depend on each other come out near 1e-16.
  private static let rankTolerance = 1e-12

  /// Ordinary least squares through a singular value decomposition of the balanced design matrix.
  static func leastSquares(_ design: [[Double]], _ target: [Double]) -> Outcome<LeastSquares> {
    withSystem(design, target) { x, y, c, covariance in
      guard let workspace = gsl_multifit_linear_alloc(x.pointee.size1, x.pointee.size2) else {
        return .missing(reason: noMemory)
      }
      defer { gsl_multifit_linear_free(workspace) }
      var squares = 0.0
      var rank = 0  // size_t is Int in Swift.
      let status = gsl_multifit_linear_tsvd(
        x, y, rankTolerance, c, covariance, &squares, &rank, workspace)
      guard status == Int32(GSL_SUCCESS) else { return .missing(reason: complaint(status)) }
      let freedom = Double(x.pointee.size1) - Double(x.pointee.size2)
      return .known(((squares / freedom).squareRoot(), rank))
    }
  }

  /// Tukey's bisquare by iteratively reweighted least squares, started from ordinary least squares;
  /// scale after DuMouchel and O'Brien (1989), covariance after Street, Carroll and Ruppert (1988).
  static func bisquare(_ design: [[Double]], _ target: [Double]) -> Outcome<LeastSquares> {
    withSystem(design, target) { x, y, c, covariance in
      let (n, p) = (x.pointee.size1, x.pointee.size2)
      guard let workspace = gsl_multifit_robust_alloc(gsl_multifit_robust_bisquare, n, p) else {
        return .missing(reason: noMemory)
      }
      defer { gsl_multifit_robust_free(workspace) }
      let status = gsl_multifit_robust(x, y, c, covariance, workspace)
      guard status != Int32(GSL_EMAXITER) else {
        return .missing(reason: "the robust fit did not converge in 100 iterations")
      }
      guard status == Int32(GSL_SUCCESS) else { return .missing(reason: complaint(status)) }
      return .known((gsl_multifit_robust_statistics(workspace).sigma, p))
    }
  }

  private typealias Matrix = UnsafeMutablePointer<gsl_matrix>
  private typealias Vector = UnsafeMutablePointer<gsl_vector>

  /// Copies a system into GSL's types, solves it, copies the solution out and frees everything.
  ///
  /// Every element goes through GSL's checked accessors; the pointers live only in this call.
  private static func withSystem(
    _ design: [[Double]], _ target: [Double],
    solve: (Matrix, Vector, Vector, Matrix) -> Outcome<(scale: Double, rank: Int)>
  ) -> Outcome<LeastSquares> {
    _ = quiet
    let n = target.count
    let p = design.first?.count ?? 0
    guard n > 0, p > 0, n >= p, design.count == n, design.allSatisfy({ $0.count == p }) else {
      return .missing(reason: "the design matrix does not match its target")
    }
    let x = gsl_matrix_alloc(n, p)
    defer { gsl_matrix_free(x) }
    let y = gsl_vector_alloc(n)
    defer { gsl_vector_free(y) }
    let c = gsl_vector_alloc(p)
    defer { gsl_vector_free(c) }
    let covariance = gsl_matrix_alloc(p, p)
    defer { gsl_matrix_free(covariance) }
    guard let x, let y, let c, let covariance else { return .missing(reason: noMemory) }

    for (i, row) in design.enumerated() {
      for (j, element) in row.enumerated() { gsl_matrix_set(x, i, j, element) }
      gsl_vector_set(y, i, target[i])
    }
    return solve(x, y, c, covariance).map { scale, rank in
      LeastSquares(
        coefficients: (0..<p).map { gsl_vector_get(c, $0) },
        covariance: (0..<p).map { i in (0..<p).map { gsl_matrix_get(covariance, i, $0) } },
        residualScale: scale, rank: rank)
    }
  }

  private static let noMemory = "there is no memory for a least-squares fit"

  private static func complaint(_ status: Int32) -> String {
    "GSL could not solve the least-squares problem: " + String(cString: gsl_strerror(status))
  }
}
