import Support

/// Times that stand beside that of the network.
struct MeasuredStages: Sendable {
  private struct Stage: Sendable {
    var name: String
    var unit: PrintedUnit
    var low: Double
    var high: Double
    var line: Int
  }

  private static let most = 8
  private var stages: [Stage] = []

  mutating func add(_ figure: LineFigure) {
    guard let unit = figure.unit else { return }
    let name = figure.name.isEmpty ? "total" : figure.name
    if let i = stages.firstIndex(where: { $0.name == name && $0.unit == unit }) {
      stages[i].low = min(stages[i].low, figure.number.value)
      stages[i].high = max(stages[i].high, figure.number.value)
    } else if stages.count < Self.most {
      stages.append(
        Stage(
          name: name, unit: unit, low: figure.number.value, high: figure.number.value,
          line: figure.number.place.line))
    }
  }

  /// "Apart from it stand dsp 12 ms, anomaly 0 ms to 1 ms."
  var observation: Observation? {
    guard let first = stages.first else { return nil }
    let list = stages.map { stage in
      let (low, high) = (Format.shortest(stage.low), Format.shortest(stage.high))
      return "\(stage.name) \(low == high ? low : "\(low) to \(high)") \(stage.unit.name)"
    }
    return Observation(
      .stagesApart, "Not part of the network's time: \(list.joined(separator: ", ")).",
      line: first.line)
  }
}
