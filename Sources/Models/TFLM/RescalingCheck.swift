import Support

/// Operators that move, choose or cut off integers and leave their scale as it is.
///
/// TFLM's kernels read one scale or none (tensorflow/lite/micro/kernels: activations_common.cc of
/// RELU6, which takes the input's alone). Where a file states two, LiteRT may rescale; TFLM does not.
enum RescalingCheck {
  private static let moving = kinds([
    "BATCH_TO_SPACE_ND", "BROADCAST_TO", "DEPTH_TO_SPACE", "EXPAND_DIMS", "GATHER", "GATHER_ND",
    "MAXIMUM", "MINIMUM", "MIRROR_PAD", "PACK", "PAD", "PADV2", "RELU6", "RESHAPE",
    "RESIZE_BILINEAR", "RESIZE_NEAREST_NEIGHBOR", "REVERSE_V2", "SELECT_V2", "SLICE",
    "SPACE_TO_BATCH_ND", "SPACE_TO_DEPTH", "SPLIT", "SPLIT_V", "SQUEEZE", "STRIDED_SLICE",
    "TRANSPOSE", "UNPACK",
  ])
  /// Those that look at the scales and refuse, some in newer versions only.
  private static let refusing = kinds([
    "AVERAGE_POOL_2D", "CONCATENATION", "MAX_POOL_2D", "REDUCE_MAX", "REDUCE_MIN",
  ])
  /// Those of them that ask for the very same scale: concatenation.cc, reduce_common.cc.
  private static let exact = kinds(["CONCATENATION", "REDUCE_MAX", "REDUCE_MIN"])
  /// A pool takes scales that are no further apart (pooling_common.cc).
  private static let poolTolerance: Float = 1e-6
  /// Scales that share of each other apart move no integer by a step: what a converter rounded
  /// elsewhere.
  private static let relativeTolerance: Float = 1e-5
  private static let quantized: Set<ElementType> = [.int8, .int16, .uint8]

  private static func kinds(_ names: Set<String>) -> Set<OperatorKind> {
    Set(OperatorKind.known.filter { names.contains($0.name) })
  }

  /// Operators of one kind that state two scales.
  private struct Finding {
    let index: Int
    let kind: OperatorKind
    let from: Quantization
    let to: Quantization
    var count = 1
  }

  /// One warning for each kind whose scales differ, at the first such operator, with a count.
  static func warnings(_ graph: Graph) -> [Diagnostic] {
    var findings: [Finding] = []
    for (index, each) in graph.operators.enumerated()
    where refusing.contains(each.kind) || moving.contains(each.kind) {
      guard let (from, to) = difference(each, graph.tensors) else { continue }
      if let known = findings.firstIndex(where: { $0.kind == each.kind }) {
        findings[known].count += 1
      } else {
        findings.append(Finding(index: index, kind: each.kind, from: from, to: to))
      }
    }
    return findings.map(warning)
  }

  private static func warning(_ finding: Finding) -> Diagnostic {
    let refusal = refusing.contains(finding.kind) ? "it refuses the model, or " : ""
    let count = finding.count > 1 ? " (\(finding.count) operators)" : ""
    return Diagnostic(
      "tflm-rescaling",
      "TFLM does not rescale here, but the input has \(shown(finding.from)), the output "
        + "\(shown(finding.to)): \(refusal)its results are wrong\(count)",
      remedy: "Convert the float model with modelgen convert --int8, which gives both one scale.",
      place: Place(
        operatorIndex: finding.index, operatorKind: finding.kind.printableName))
  }

  /// The first input and output that hold the same integers and state different numbers for them.
  private static func difference(
    _ each: Operator, _ tensors: [Tensor]
  ) -> (from: Quantization, to: Quantization)? {
    for output in each.outputs {
      let type = tensors[output].elementType
      guard quantized.contains(type), let to = tensors[output].quantization, to.scales.count == 1
      else { continue }
      for case let input? in each.inputs where tensors[input].elementType == type {
        guard let from = tensors[input].quantization, from.scales.count == 1,
          from.zeroPoints != to.zeroPoints
            || !areOne(from.scales[0], to.scales[0], each.kind)
        else { continue }
        return (from, to)
      }
    }
    return nil
  }

  /// Whether TFLM takes two scales for one, and no result is wrong by it.
  static func areOne(_ a: Float, _ b: Float, _ kind: OperatorKind) -> Bool {
    if a == b { return true }
    guard !exact.contains(kind) else { return false }
    let apart = abs(a - b)
    return apart <= relativeTolerance * max(a, b)
      && (apart <= poolTolerance || !refusing.contains(kind))
  }

  private static func shown(_ quantization: Quantization) -> String {
    let zeroPoint = quantization.zeroPoints.first ?? 0
    return "scale \(quantization.scales[0]) and zero point \(zeroPoint)"
  }
}

extension Graph {
  /// What TFLM does with the model that its file does not say: it refuses it, or computes otherwise.
  public var tflmWarnings: [Diagnostic] {
    ([tflmRefusal].compactMap { $0 } + RescalingCheck.warnings(self)).map { $0.rated(.warning) }
  }
}
