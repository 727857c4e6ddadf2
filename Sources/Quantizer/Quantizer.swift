// int8 by TensorFlow's rules: samples, calibration, rounding, and a report of what it did to a
// model. Knows nothing of file formats of models.

import Models
import Support

/// Turns fp32 graphs into int8 graphs by the rules of TensorFlow 2.13's post-training quantization
/// (R. Krishnamoorthi, "Quantizing deep convolutional networks for efficient inference", 2018).
public enum Quantizer {
  /// What an inference is given and gives.
  public enum Interface: Sendable {
    /// int8, as a microcontroller's sensors and TFLM have it.
    case int8
    /// float32: a QUANTIZE in front, a DEQUANTIZE behind.
    case float32
  }

  /// How to quantize.
  public struct Options: Sendable {
    /// What an inference is given and gives.
    public var interface: Interface

    /// Names the options.
    public init(interface: Interface = .int8) { self.interface = interface }
  }

  /// The int8 graph of an fp32 graph.
  ///
  /// Weights are symmetric in [-127, 127] (CONV_2D and DEPTHWISE_CONV_2D per channel,
  /// FULLY_CONNECTED per tensor), biases int32, activations asymmetric in [-128, 127]. Tensors keep
  /// their positions; copies and tensors at the interface follow behind. Throws where an operator
  /// cannot be quantized, a range is missing, or the result would not be int8.
  public static func quantize(
    _ graph: Graph, ranges: CalibrationRanges, options: Options = Options()
  ) throws(Diagnostic) -> QuantizedModel {
    var pass = try QuantizationPass(graph, ranges: ranges)
    for index in graph.operators.indices {
      do throws(Diagnostic) {
        try pass.quantize(index)
      } catch {
        throw error.within(
          Place(
            operatorIndex: index, operatorKind: graph.operators[index].kind.shownName))
      }
    }
    if options.interface == .float32 { pass.addFloatInterface() }
    let result = try pass.draft.graph(remarks: graph.remarks)
    try requireInt8(result)
    return QuantizedModel(
      graph: result, source: graph, parameters: pass.parameters, limited: pass.limited,
      operators: pass.positions, raisedWeightScales: pass.raisedScales, origin: ranges.origin)
  }
}
