/// Whether two numbers differ by no more than a share of the larger; false where one is missing.
public func isClose(_ a: Double?, _ b: Double?, within relative: Double = 1e-12) -> Bool {
  guard let a, let b else { return false }
  return abs(a - b) <= relative * max(abs(a), abs(b))
}
