import Core
import Support

/// Writes .tflite files: schema version 3, identifier TFL3, one subgraph, constants at multiples of
/// 16 bytes.
///
/// What was written is read back and compared with the graph, so that a file that says something else
/// than was asked for never leaves this function.
public enum TFLiteWriter {
  /// What to leave out, and what to demand.
  public struct Options: Sendable {
    /// Names of all tensors, not only of inputs and outputs; makes files 10 to 25 % larger.
    public var keepsNames: Bool
    /// The dtype that the model must have; nil where any will do.
    public var dtype: Dtype?

    /// Names of inputs and outputs only, any dtype.
    public init(keepsNames: Bool = false, dtype: Dtype? = nil) {
      self.keepsNames = keepsNames
      self.dtype = dtype
    }
  }

  /// The file of `graph`. Throws where the graph is not of the dtype asked for, and where it holds
  /// what cannot be written: operators whose options were not understood, sparse constants.
  public static func bytes(
    of graph: Graph, options: Options = Options()
  ) throws(Diagnostic) -> [UInt8] {
    try requireDtype(graph, options)
    let file = FlatBuilder.file(
      root: try TFLiteTables(graph, options).model(), identifier: TFLiteSchema.identifier)
    guard file.count <= ModelFile.largest else {
      throw Diagnostic(
        "file-size", "the model would take \(file.count) bytes; a FlatBuffer holds 2 GiB",
        remedy: "Use fewer or smaller operators.")
    }
    let written = try TFLiteReader.read(bytes: file)
    try requireDtype(written, options)
    try requireSame(graph, written)
    return file
  }

  private static func requireDtype(_ graph: Graph, _ options: Options) throws(Diagnostic) {
    guard let wanted = options.dtype, graph.dtype != wanted else { return }
    throw Diagnostic(
      "dtype", "the model was asked for as \(wanted) and is \(graph.types)",
      remedy: "Nothing is written. Quantize the model first, or ask for the dtype it has.")
  }

  private static func requireSame(_ graph: Graph, _ written: Graph) throws(Diagnostic) {
    func bare(_ tensor: Tensor) -> Tensor {
      var result = tensor
      result.name = ""
      // The file does not tell one scale along an axis from one for all.
      if result.quantization?.scales.count == 1 { result.quantization?.axis = nil }
      if result.constant?.isEmpty == true { result.constant = nil }
      return result
    }
    let isSame =
      graph.operators == written.operators && graph.inputs == written.inputs
      && graph.outputs == written.outputs && graph.note == written.note
      && graph.tensors.lazy.map(bare).elementsEqual(written.tensors.lazy.map(bare))
    guard isSame else {
      throw Diagnostic(
        "read-back", "what was written, read again, is not the same model",
        remedy: "This is a mistake of this program: please report it with the model.")
    }
  }
}
