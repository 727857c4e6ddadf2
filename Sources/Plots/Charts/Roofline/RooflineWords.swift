import Support

extension RooflineChart {
  /// Divides throughputs for the axis: MAC/s are shown as MMAC/s.
  var axisUnit: Double {
    switch throughput {
    case .perSecond: 1e6
    case .perCycle: 1
    }
  }

  /// "25.0 MB/s" or "0.167 B/cycle".
  func bandwidthText(_ value: Double) -> String {
    guard case .perSecond = throughput else {
      return Format.compact(value) + " B/cycle"
    }
    return Format.bandwidth(value)
  }

  /// "0.800 MAC/cycle"; per second only where no clock is known.
  func ceilingText(_ value: Double) -> String {
    guard case .perSecond(let clock) = throughput else {
      return Format.compact(value) + " MAC/cycle"
    }
    guard RooflineModel.isGood(clock) else {
      return Format.compact(value / 1e6) + " MMAC/s"
    }
    return Format.compact(value / clock) + " MAC/cycle"
  }

  /// "7.31 MMAC/s" or "0.0487 MAC/cycle".
  func throughputText(_ value: Double) -> String {
    switch throughput {
    case .perSecond: Format.compact(value / 1e6) + " MMAC/s"
    case .perCycle: Format.compact(value) + " MAC/cycle"
    }
  }

  /// From long to short: the longest that fits is drawn.
  func names(_ line: RooflineModel.Line, isMemory: Bool) -> [String] {
    let value = isMemory ? bandwidthText(line.value) : ceilingText(line.value)
    let named = line.name.isEmpty ? value : line.name + ": " + value
    let full = line.provenance.isEmpty ? named : "\(named) (\(line.provenance))"
    return [full, named, value]
  }

  /// The byte counters are always named.
  var intensityTitle: String {
    let title = "arithmetic intensity, MAC per byte of \(byteCounter)"
    guard let other = otherByteCounter, points.contains(where: { $0.otherIntensity != nil }) else {
      return title
    }
    return title + " (small markers: \(other))"
  }
}
