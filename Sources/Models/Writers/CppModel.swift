import Core
import Support

/// A .tflite file as C++: a constant array that stays in flash, aligned for its widest element, with
/// what an application must know beside it.
public struct CppModel: Sendable, Equatable {
  /// Text of NAME.h.
  public let header: String
  /// Text of NAME.cc.
  public let source: String
  /// The C++ identifier made of the name.
  public let identifier: String

  /// The two files for `file`, which must be the bytes of `graph`. `arenaBytes` is what the tensor
  /// arena needs on a 32-bit target. Throws for operators that TFLM's resolver has no method for.
  public init(
    name: String, file: [UInt8], arenaBytes: Int
  ) throws(Diagnostic) {
    let graph = try TFLiteReader.read(bytes: file)
    identifier = Self.identifier(name)
    let methods = try ResolverMethods.of(graph)
    header = Self.header(
      identifier, name: printable(name), graph: graph, arenaBytes: arenaBytes, methods: methods)
    source = Self.source(identifier, file)
  }

  /// Letters, digits and underscores, not starting with a digit.
  static func identifier(_ name: String) -> String {
    let text = String(
      name.unicodeScalars.map { scalar -> Character in
        let isPlain =
          (scalar >= "a" && scalar <= "z") || (scalar >= "A" && scalar <= "Z")
          || (scalar >= "0" && scalar <= "9")
        return isPlain ? Character(scalar) : "_"
      })
    guard let first = text.first else { return "model" }
    // Names with two underscores, or one before a capital, belong to the compiler.
    let joined = text.split(separator: "_").joined(separator: "_")
    return first.isLetter && !joined.isEmpty ? joined : "model_" + joined
  }

  private static func header(
    _ identifier: String, name: String, graph: Graph, arenaBytes: Int, methods: [String]
  ) -> String {
    let calls = methods.map { "  if (resolver.\($0)() != kOk) return false;\n" }.joined()
    return """
      // \(name): written by modelgen; make it again rather than editing it.
      #pragma once

      #include <cstddef>
      #include <cstdint>

      namespace \(identifier) {

      // The .tflite file; constant, so it stays in flash.
      extern const unsigned char model[];
      inline constexpr std::size_t model_bytes = \(graph.bytes.count);
      inline constexpr std::uint32_t model_crc32 = \(Format.address(graph.crc32));

      inline constexpr char dtype[] = "\(graph.types)";
      inline constexpr char weights_source[] = "\(graph.weightsSource)";
      inline constexpr std::uint64_t macs = \(graph.macs);
      inline constexpr std::size_t weight_bytes = \(graph.weightBytes);

      \(boundary("input", graph, graph.inputs))\(boundary("output", graph, graph.outputs))
      // What TFLM's tensor arena needs on a Cortex-M33 with CMSIS-NN.
      inline constexpr std::size_t arena_bytes = \(arenaBytes);

      // Kinds of operators: tflite::MicroMutableOpResolver<\(identifier)::operator_kinds>.
      inline constexpr int operator_kinds = \(methods.count);

      // Adds the operators that the model uses, and no others.
      template <class Resolver>
      inline bool add_operators(Resolver& resolver) {
        constexpr auto kOk = decltype(resolver.\(methods.first ?? "AddAdd")())(0);
      \(calls)  return true;
      }

      }  // namespace \(identifier)

      """
  }

  /// Shape and, for int8, scale and zero point of the first tensor in `list`:
  /// real = scale x (integer - zero point).
  private static func boundary(_ what: String, _ graph: Graph, _ list: [Int]) -> String {
    guard let first = list.first else { return "" }
    let tensor = graph.tensors[first]
    let sizes = tensor.shape.map(String.init).joined(separator: ", ")
    var lines = [
      "inline constexpr std::size_t \(what)_elements = \(tensor.elementCount ?? 0);  // [\(sizes)]"
    ]
    if let given = tensor.quantization, given.scales.count == 1 {
      // Nine digits give the same float32 again (IEEE 754, 5.12.2).
      lines += [
        "inline constexpr float \(what)_scale = \(Double(given.scales[0]))f;",
        "inline constexpr int \(what)_zero_point = \(given.zeroPoints[0]);",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func source(_ identifier: String, _ file: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text = Array("#include \"\(identifier).h\"\n\nnamespace \(identifier) {\n\n".utf8)
    text += Array("alignas(16) const unsigned char model[model_bytes] = {".utf8)
    text.reserveCapacity(text.count + 5 * file.count + file.count / 4)
    for (index, byte) in file.enumerated() {
      text += index % 16 == 0 ? [10, 32, 32] : [32]
      text += [48, 120, digits[Int(byte >> 4)], digits[Int(byte & 15)], 44]
    }
    text += Array("\n};\n\n}  // namespace \(identifier)\n".utf8)
    return String(decoding: text, as: UTF8.self)
  }
}

extension Graph {
  /// `twin` for seeded weights in the architecture of a trained model, else `real`.
  public var weightsSource: WeightsSource { TinyMLTwin.original(of: self) == nil ? .real : .twin }
}
