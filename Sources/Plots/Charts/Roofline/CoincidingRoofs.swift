import Support

/// What a roof and a ceiling have in common.
package protocol RooflineBound {
  /// What stands along the line.
  var name: String { get set }
  /// The most that is reached, in the unit of the chart.
  var rate: Double { get }
  /// Where the number comes from.
  var provenance: String { get set }
  /// Lines are told apart by it: solid if measured, dashed if computed.
  var isMeasured: Bool { get }
}

extension RooflineChart.MemoryRoof: RooflineBound {
  package var rate: Double { bandwidth }
}

extension RooflineChart.Ceiling: RooflineBound {
  package var rate: Double { throughput }
}

extension Array where Element: RooflineBound {
  /// Those that coincide become one line, at the rate of the first, that bears the names of all.
  ///
  /// - Parameter share: how far the rates of lines that coincide may differ, as a fraction.
  package func joined(within share: Double) -> [Element] {
    var groups: [[Element]] = []
    for line in self {
      let group = groups.firstIndex {
        $0[0].isMeasured == line.isMeasured && abs($0[0].rate - line.rate) <= share * line.rate
      }
      if let group { groups[group].append(line) } else { groups.append([line]) }
    }
    return groups.map { lines in
      var one = lines[0]
      one.name = lines.map(\.name).uniqued().joined(separator: ", ")
      one.provenance = lines.map(\.provenance).uniqued().joined(separator: ", ")
      return one
    }
  }
}
