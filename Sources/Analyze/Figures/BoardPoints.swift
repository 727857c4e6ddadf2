import Core
import Ingest
import Performance
import Plots
import Support

/// One marker of a roofline, before it is drawn.
struct BoardPoint {
  var label: String
  var series: Int
  var kind: String
  var shape: MarkerShape
  /// MAC per byte.
  var intensity: Double
  /// The same by what the cache fetches.
  var otherIntensity: Double?
  /// How the bytes of `otherIntensity` were counted.
  var otherCounter: ByteCounter?
  /// MAC per cycle, with the ends of its interval.
  var rate: Double
  var low: Double?
  var high: Double?
  var share: Double?
  var isInt8: Bool
  var isPredicted: Bool
  var point: RooflinePoint?
  var weights: WeightsPlace?
  var model: String
  var dtype: Dtype

  /// For a chart whose unit is `scale` times MAC/cycle.
  func dataPoint(scale: Double) -> RooflineChart.DataPoint {
    var data = RooflineChart.DataPoint(
      label, series: series, kind: kind, shape: shape, intensity: intensity,
      throughput: rate * scale, isFilled: isInt8, share: share,
      priority: (share ?? 1) - (isPredicted ? 2 : 0))
    data.low = low.map { $0 * scale }
    data.high = high.map { $0 * scale }
    data.otherIntensity = otherIntensity
    data.isPredicted = isPredicted
    data.isAboveRoof = point.map { !$0.excesses.isEmpty } ?? false
    data.isBelowQuantum = point?.isBelowTimerResolution ?? false
    return data
  }
}

extension Sequence<BoardPoint> {
  /// How the bytes behind `otherIntensity` were counted; nil where no point has one.
  var otherCounterWords: String? {
    let words = filter { $0.otherIntensity != nil }.compactMap(\.otherCounter?.words).uniqued()
    return words.isEmpty ? nil : words.joined(separator: " or ")
  }
}

/// The markers of one board: whole models, or operators where the logs have them.
struct BoardPoints {
  /// What a colour means.
  private(set) var series: [(name: String, role: Role)] = []
  private(set) var all: [BoardPoint] = []
  /// From flash to SRAM, by index.
  private(set) var moves: [RooflineChart.Move] = []
  /// How many more there are; a figure with thousands of markers shows none.
  private(set) var undrawn = 0
  private static let most = 500

  /// Counts the bytes of every marker's place.
  let counter = ByteCounter.eachOnce
  /// "Published times, TFLM."
  private(set) var conditions = ""

  /// - Parameters:
  ///   - onlyModels: no operators.
  ///   - comparing: beside other boards, so the reference has the colour that is its own.
  init(
    _ analysis: Analysis, _ machine: RooflineMachine, onlyModels: Bool = false,
    comparing: Bool = false
  ) {
    let own = analysis.roofline.points(under: machine)
    let isReference = !analysis.selection.runs.contains { $0.board == machine.board }
    let counted = own.lazy.filter { [counter] in $0.byteCounter == counter }
    let hasOperators = counted.contains {
      $0.operatorPosition != nil && $0.intensity.value != nil
    }
    let showsModels = !hasOperators || onlyModels
    let shown = counted.filter {
      showsModels
        ? $0.operatorPosition == nil : $0.operatorPosition != nil && $0.intensity.value != nil
    }
    let drawn = Array(shown.prefix(Self.most))
    undrawn = shown.count { _ in true } - drawn.count
    // What was counted comes last and says more than a simulation.
    let parts = Set(drawn.map(Part.init))
    let fills = Dictionary(
      own.lazy.filter(\.byteCounter.isOfFills).map { (Part($0), $0) }.filter {
        parts.contains($0.0)
      }, uniquingKeysWith: { $1 })
    for point in drawn {
      guard let intensity = point.intensity.value, let dtype = point.dtype else { continue }
      let other = fills[Part(point)]
      let interval = point.macsPerCycle.interval.value
      add(
        BoardPoint(
          label: point.kind == nil
            ? "\(ModelName.words(point.model ?? point.run)) \(dtype)"
            : point.operatorWords ?? point.kind ?? "", series: 0,
          kind: point.kind ?? "whole model", shape: Self.shape(point.kind), intensity: intensity,
          otherIntensity: other?.intensity.value, otherCounter: other?.byteCounter,
          rate: point.macsPerCycle.value,
          low: interval?.low, high: interval?.high,
          share: point.kind == nil ? nil : point.timeShare.value, isInt8: dtype == .int8,
          isPredicted: false, point: point, weights: point.weights, model: point.model ?? point.run,
          dtype: dtype), isReference: isReference)
    }
    if !hasOperators, !onlyModels, !isReference { addPredictions(analysis, machine) }
    addMoves()
    conditions = Self.conditions(shown)
  }

  /// The whole model or an operator of a run.
  private struct Part: Hashable {
    let run: String
    let operatorPosition: Int?

    init(_ point: RooflinePoint) {
      (run, operatorPosition) = (point.run, point.operatorPosition)
    }
  }

  private mutating func add(_ point: BoardPoint, isReference: Bool) {
    let role: Role =
      isReference ? .nucleo : point.weights == .sram ? .sram : .flash
    let name =
      isReference
      ? "reference"
      : point.weights.map { "weights in \($0.words)" } ?? "weights not stated"
    var point = point
    if let i = series.firstIndex(where: { $0.name == name }) {
      point.series = i
    } else {
      series.append((name, role))
      point.series = series.count - 1
    }
    all.append(point)
  }

  /// What true int8 would reach, beside the runs that are labelled so and are not.
  private mutating func addPredictions(_ analysis: Analysis, _ machine: RooflineMachine) {
    let predictions = analysis.labels.predictions
    guard !predictions.isEmpty else { return }
    let runs = Dictionary(
      analysis.selection.runs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let own = Set(analysis.roofline.points(under: machine).map(\.run))
    for row in predictions {
      guard let run = runs[row.besideRun],
        run.board == machine.board, run.clockHz == machine.clockHz,
        machine.conditions == nil || own.contains(run.id),
        let cost = analysis.reference.cost(model: row.model, dtype: .int8)
      else { continue }
      for (placed, weights) in [(row.flash, WeightsPlace.flash), (row.sram, .sram)] {
        let bytes =
          weights == .flash
          ? Double(cost.weightBytes)
          : Double(cost.weightBytes)
            + cost.operators.reduce(0) { $0 + Double($1.activationElements) }
        let rate = Double(cost.macs) / (placed.seconds * machine.clockHz)
        let ends = placed.interval.value.map {
          (
            Double(cost.macs) / ($0.high * machine.clockHz),
            Double(cost.macs) / ($0.low * machine.clockHz)
          )
        }
        add(
          BoardPoint(
            label: "\(ModelName.words(row.model)) int8", series: 0, kind: "whole model",
            shape: .circle, intensity: Double(cost.macs) / bytes, otherIntensity: nil, rate: rate,
            low: ends?.0, high: ends?.1, share: nil, isInt8: true, isPredicted: true, point: nil,
            weights: weights, model: row.model, dtype: .int8), isReference: false)
      }
    }
  }

  /// What a point keeps when its weights are moved.
  private struct Moved: Hashable {
    let model: String
    let dtype: Dtype
    let isPredicted: Bool
    let operatorPosition: Int?

    init(_ point: BoardPoint) {
      (model, dtype, isPredicted) = (point.model, point.dtype, point.isPredicted)
      operatorPosition = point.point?.operatorPosition
    }
  }

  private mutating func addMoves() {
    let inSRAM = Dictionary(
      all.indices.filter { all[$0].weights == .sram }.map { (Moved(all[$0]), $0) },
      uniquingKeysWith: { first, _ in first })
    for (i, from) in all.enumerated() where from.weights == .flash {
      guard let to = inSRAM[Moved(from)] else { continue }
      moves.append(
        RooflineChart.Move(
          from: i, to: to,
          label: (from.isPredicted ? from.label + " " : "")
            + "×\(Format.number(all[to].rate / from.rate, digits: 3))"))
    }
  }

  private static func shape(_ kind: String?) -> MarkerShape {
    switch kind {
    case nil, "CONV_2D": .circle
    case "DEPTHWISE_CONV_2D": .diamond
    case "FULLY_CONNECTED": .square
    case "AVERAGE_POOL_2D", "MAX_POOL_2D", "MEAN": .triangle
    case "ADD", "MINIMUM", "MAXIMUM": .pentagon
    default: .hexagon
    }
  }

  /// "Published times, tflm; bars: the interval of the time." with flags and model CRCs where known.
  private static func conditions(_ points: some Sequence<RooflinePoint>) -> String {
    // Points of one run stand together.
    var runs: [AnalysedRun] = []
    for point in points where runs.last !== point.analysed { runs.append(point.analysed) }
    guard !runs.isEmpty else { return "" }
    func words(_ key: ConfigurationKey) -> String {
      let kinds = runs.compactMap { $0.configuration.text(key) }.uniqued()
      // Half a list would pass for the whole.
      return kinds.isEmpty || kinds.count > 3 ? "" : listed(kinds)
    }
    let parts = [
      listed(runs.map(\.origin).uniqued().map(\.description)) + " times", words(.runtime),
      words(.compiler),
      words(.flags),
    ].filter { !$0.isEmpty }
    var text = parts.joined(separator: ", ")
    text = text.prefix(1).uppercased() + text.dropFirst() + "; bars: the interval of the time."
    let checksums = runs.compactMap { run in
      run.configuration.text(.modelCRC32).map { "\(ModelName.words(run.model ?? "model")) \($0)" }
    }
    if !checksums.isEmpty {
      text += " Models by CRC-32: \(listed(Array(checksums.prefix(5))))"
      text += checksums.count > 5 ? " and \(checksums.count - 5) more." : "."
    }
    return text
  }
}
