/// p-values adjusted for being a family: Holm, "A simple sequentially rejective multiple test
/// procedure", Scand. J. Stat. 6 (1979). Comparing the results with α keeps the chance of any false
/// rejection in the family below α, whatever the dependence between the tests.
///
/// A test that could not be made (nil, NaN or outside 0 ... 1) stays nil and is no member of the
/// family. The results stand in the order of the arguments.
public func holmAdjusted(_ pValues: [Double?]) -> [Double?] {
  var made: [(index: Int, pValue: Double)] = []
  for (index, pValue) in pValues.enumerated() {
    if let pValue, pValue >= 0, pValue <= 1 { made.append((index, pValue)) }
  }
  made.sort { ($0.pValue, $0.index) < ($1.pValue, $1.index) }

  var adjusted = [Double?](repeating: nil, count: pValues.count)
  var largest = 0.0
  for (step, test) in made.enumerated() {
    largest = max(largest, min(Double(made.count - step) * test.pValue, 1))
    adjusted[test.index] = largest
  }
  return adjusted
}
