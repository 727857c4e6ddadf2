import Models
import Support
import SwiftProtobuf

/// Writes .onnx files: opset 11, IR version 6, float32.
///
/// Images are [N, C, H, W] in the file, weights OIHW. A Transpose is written only where operators on
/// images meet others that depend on the order: a chain of convolutions, or of convolutions with fully
/// connected operators behind a RESHAPE, has none. The same graph gives the same bytes.
public enum ONNXWriter {
  /// Order of images that go into the graph and come out of it.
  public enum ImageOrder: Sendable {
    /// [N, C, H, W], where operators on images are next to the input or output.
    case channelsFirst
    /// [N, H, W, C], as in the graph.
    case channelsLast
  }

  /// What may differ from file to file.
  public struct Options: Sendable {
    /// Order of images in inputs and outputs of the graph.
    public var imageOrder: ImageOrder
    /// Named in the file as its producer.
    public var producer: String

    /// The common choice.
    public init(
      imageOrder: ImageOrder = .channelsFirst, producer: String = "pico2-benchmark"
    ) {
      self.imageOrder = imageOrder
      self.producer = producer
    }
  }

  static let opset = 11
  static let irVersion = 6

  /// The bytes of a file with `graph` in it; inputs and outputs keep their names, `input` and `output`
  /// where they have none. Throws where the graph is not float32, or holds operators that are not
  /// written, all of which are named.
  public static func write(
    _ graph: Graph, options: Options = Options()
  ) throws(Diagnostic) -> [UInt8] {
    try ExportCheck.check(graph)
    var exporter = Exporter(graph, options: options)
    let model = try exporter.model()
    do {
      return try model.serializedBytes()
    } catch {
      throw Diagnostic(
        "file-size", "the model is larger than a protocol buffer can be, 2 GiB",
        remedy: "A model for a microcontroller is a few MB at most: make it smaller.")
    }
  }

  /// The same of a draft, which is checked first.
  public static func write(
    _ draft: GraphDraft, options: Options = Options()
  ) throws(Diagnostic) -> [UInt8] {
    try write(draft.graph(), options: options)
  }
}
