/// Aligns the operators of two graphs by kind.
package enum Alignment {
  /// Index pairs of equal keys where each side has a key once and the order means nothing.
  package static func pairsOfSets(_ a: [String], _ b: [String]) -> [(Int, Int)] {
    let positions = Dictionary(zip(b, b.indices), uniquingKeysWith: { first, _ in first })
    return a.indices.compactMap { i in positions[a[i]].map { (i, $0) } }
  }

  /// Index pairs of a longest common subsequence, ascending; ties prefer earlier operators.
  package static func pairs(_ a: [String], _ b: [String]) -> [(Int, Int)] {
    guard !a.isEmpty, !b.isEmpty, a.count <= 4096, b.count <= 4096 else { return [] }
    if a == b { return a.indices.map { ($0, $0) } }
    let width = b.count + 1
    // length[i * width + j]: longest common subsequence of a[i...] and b[j...].
    var length = [Int32](repeating: 0, count: (a.count + 1) * width)
    for i in a.indices.reversed() {
      for j in b.indices.reversed() {
        length[i * width + j] =
          a[i] == b[j]
          ? length[(i + 1) * width + j + 1] + 1
          : max(length[(i + 1) * width + j], length[i * width + j + 1])
      }
    }
    var result: [(Int, Int)] = []
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        result.append((i, j))
        i += 1
        j += 1
      } else if length[(i + 1) * width + j] >= length[i * width + j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return result
  }
}
