import Models
import Support

/// What can be said against a quantization.
enum QuantizationWarnings {
  /// Of a handful of values one or two beyond the range say nothing.
  static let fewestClipped = 10
  /// Above this share of clipped values a range does not fit the data.
  static let largestClippedFraction = 0.01
  /// Below this the error is a third of the signal.
  static let smallestDecibels = 10.0
  /// A range that covers less of the reference's is another.
  private static let smallestCover = 0.9
  /// Inputs and outputs of a network that reconstructs its input differ by less.
  private static let largestRatio: Float = 10

  /// What is known without running the model.
  static func of(_ model: QuantizedModel, reference: Graph?) -> [Diagnostic] {
    [synthetic(model), unlikeInput(model), raised(model)].compactMap { $0 }
      + (reference.map { otherRange(model, $0) } ?? [])
  }

  /// Synthetic samples say nothing of the data the model will see.
  private static func synthetic(_ model: QuantizedModel) -> Diagnostic? {
    guard case .synthetic(let count, let description) = model.origin else { return nil }
    return Diagnostic(
      "synthetic-calibration",
      "ranges are from \(count) synthetic samples (\(description)), not from data; inputs "
        + "outside \(inputRanges(model)) will be clipped",
      remedy:
        "Calibrate on real samples before accuracy is judged; time can be measured all the same.",
      severity: .warning)
  }

  private static func inputRanges(_ model: QuantizedModel) -> String {
    model.source.inputs.compactMap { model.parameters[$0] }
      .map { "\($0.extent.min) to \($0.extent.max)" }.joined(separator: ", ")
  }

  /// A network whose output has the shape of its input is often trained to reconstruct it; then the
  /// ranges agree, if the samples are like the training's.
  private static func unlikeInput(_ model: QuantizedModel) -> Diagnostic? {
    let source = model.source
    guard model.origin.isSynthetic, source.inputs.count == 1, source.outputs.count == 1,
      source.tensors[source.inputs[0]].shape == source.tensors[source.outputs[0]].shape,
      let given = model.parameters[source.inputs[0]], let made = model.parameters[source.outputs[0]]
    else { return nil }
    let ratio = made.scales[0] / given.scales[0]
    guard ratio > largestRatio || ratio < 1 / largestRatio else { return nil }
    return Diagnostic(
      "unlike-data",
      "inputs are \(given.extent.min) to \(given.extent.max), outputs of the same shape "
        + "\(made.extent.min) to \(made.extent.max): if the model reconstructs its input, the "
        + "synthetic samples are unlike its data",
      remedy: "Calibrate on real samples.", place: Place(tensorIndex: source.inputs[0]),
      severity: .warning)
  }

  private static func raised(_ model: QuantizedModel) -> Diagnostic? {
    guard model.raisedWeightScales > 0 else { return nil }
    return Diagnostic(
      "raised-scales",
      "\(model.raisedWeightScales) weight scales were raised so that biases fit into 31 bits: "
        + "these channels have hardly any weights",
      remedy: "Nothing need be done; such channels could be removed from the model.",
      severity: .warning)
  }

  /// Compares the range of each input with that of an int8 model.
  private static func otherRange(_ model: QuantizedModel, _ reference: Graph) -> [Diagnostic] {
    zip(model.source.inputs, reference.inputs).compactMap { ours, theirs in
      guard let mine = model.parameters[ours]?.extent,
        let given = reference.tensors[theirs].quantization, given.isForActivations
      else { return nil }
      let common = max(0, min(mine.max, given.extent.max) - max(mine.min, given.extent.min))
      let cover = Double(common / (given.extent.max - given.extent.min))
      guard cover < smallestCover else { return nil }
      return Diagnostic(
        "reference-range",
        "the input's range \(mine.min) to \(mine.max) covers "
          + "\(Share(count: Int((cover * 1e6).rounded()), total: 1_000_000).percent) of the "
          + "reference model's, \(given.extent.min) to \(given.extent.max)",
        remedy: "Calibrate on samples like the reference's.", place: Place(tensorIndex: ours),
        severity: .warning)
    }
  }
}

extension QuantizedModel {
  /// What can be said against the quantization without samples: synthetic calibration, and, where
  /// `reference` is an int8 model of the same network, an input range unlike its.
  public func warnings(reference: Graph? = nil) -> [Diagnostic] {
    QuantizationWarnings.of(self, reference: reference)
  }
}

extension QuantizationReport {
  /// What the samples say against the quantization.
  func findings(_ model: QuantizedModel) -> [Diagnostic] {
    var result: [Diagnostic] = []
    let limit = QuantizationWarnings.largestClippedFraction
    for row in inputs
    where row.clipped.fraction > limit && row.clipped.count >= QuantizationWarnings.fewestClipped {
      guard let extent = model.parameters[row.tensor]?.extent else { continue }
      result.append(
        Diagnostic(
          "input-clipping",
          "\(row.clipped.percent) of the input values are clipped: they are \(row.min) to "
            + "\(row.max), the range is \(extent.min) to \(extent.max)",
          remedy: "Calibrate on samples like these.", place: Place(tensorIndex: row.tensor),
          severity: .warning))
    }
    // What SOFTMAX, LOGISTIC and TANH give reaches beyond their fixed range by a step, always; also
    // behind operators that pass it on.
    let calibrated = rows.filter { row in
      row.clipped.fraction > limit && row.clipped.count >= QuantizationWarnings.fewestClipped
        && model.parameters[row.tensor].map(QuantizationRule.fixedParameters.contains) == false
    }
    for row in calibrated.sorted(by: {
      ($1.clipped.fraction, $0.index) < ($0.clipped.fraction, $1.index)
    }) {
      result.append(
        Diagnostic(
          "activation-clipping", "\(row.clipped.percent) of the values are clipped",
          remedy: "Calibrate on more samples, or on others.",
          place: Place(
            operatorIndex: row.index, operatorKind: row.kind, tensorIndex: row.tensor),
          severity: .warning))
    }
    for (index, output) in outputs.enumerated()
    where output.decibels < QuantizationWarnings.smallestDecibels {
      let found = (output.decibels * 10).rounded() / 10
      let least = Int(QuantizationWarnings.smallestDecibels)
      result.append(
        Diagnostic(
          "low-signal",
          "output \(index) has a signal-to-noise ratio of \(found) dB; \(least) dB is the least "
            + "to trust",
          remedy: "Look at the operators with the greatest damage, and calibrate on real samples.",
          place: Place(tensorIndex: model.source.outputs[index]), severity: .warning))
    }
    return result
  }
}
