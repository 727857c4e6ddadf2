import Models

/// An int8 graph, and how it relates to the fp32 graph that it was made of.
public struct QuantizedModel: Sendable {
  /// Every operator computes on int8, apart from QUANTIZE and DEQUANTIZE at a float interface.
  public let graph: Graph
  /// The fp32 graph.
  public let source: Graph
  /// int8 parameters by position in the fp32 graph's tensors, of those given or computed.
  public let parameters: [Int: Quantization]
  /// Tensors of the fp32 graph that are stored cut off, as all that reads them would do so.
  public let limited: Set<Int>
  /// Position of each operator of the fp32 graph in `graph.operators`.
  public let operators: [Int]
  /// Weight scales that were raised so that a bias fits into 31 bits.
  let raisedWeightScales: Int
  /// Where the ranges come from.
  public let origin: CalibrationRanges.Origin
}
