import ArgumentParser
import Core
import Interpreter
import Models
import Support

/// Writes models of one operator each with inputs and what the interpreter gives for them, so that
/// another runtime can be asked for the same; see Tests/Oracles/single_operators.py.
struct OracleCases: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oracle-cases",
    abstract: "Write models of one operator, inputs and outputs, to compare with a runtime.",
    shouldDisplay: false)

  /// Models of each kind and dtype.
  static let defaultCount = 40

  @Argument(help: "Folder to write to.")
  var folder: String

  @Option(help: "Seed of all random numbers.")
  var seed: UInt64 = 1

  @Option(help: "Models of each kind and dtype.")
  var count = Self.defaultCount

  func validate() throws {
    guard (1...100_000).contains(count) else {
      throw ValidationError("--count is \(count); 1 to 100000 are possible.")
    }
  }

  func run() throws {
    var lines: [String] = []
    for family in OracleFamily.all {
      for number in 0..<count {
        let one = try family.oracleCase(seed: seed, number: number)
        let output = try Interpreter(one.graph).run(one.inputs).flatMap { $0 }
        let path = "\(folder)/\(one.name)"
        try OutputFiles.write(try TFLiteWriter.bytes(of: one.graph), to: path + ".tflite")
        try OutputFiles.write(one.inputs.flatMap { $0 }, to: path + "_in.bin")
        try OutputFiles.write(output, to: path + "_out.bin")
        lines.append(one.indexLine)
      }
    }
    let index = "[\n" + lines.joined(separator: ",\n") + "\n]\n"
    try OutputFiles.write(Array(index.utf8), to: "\(folder)/index.json")
  }
}

/// A model of one operator and its inputs, as little-endian arrays.
struct OracleCase {
  let name: String
  let graph: Graph
  let inputs: [[UInt8]]

  /// One object of the index: name, kind, types, and scale (its bits) and zero point where there are.
  var indexLine: String {
    func described(_ index: Int) -> String {
      let tensor = graph.tensors[index]
      var text = "{\"type\": \"\(tensor.elementType.name)\", \"shape\": \(tensor.shape)"
      if let quantization = tensor.quantization, let scale = quantization.scales.first {
        text +=
          ", \"scale_bits\": \(scale.bitPattern), \"zero_point\": \(quantization.zeroPoints[0])"
      }
      return text + "}"
    }
    let inputs = graph.inputs.map(described).joined(separator: ", ")
    let outputs = graph.outputs.map(described).joined(separator: ", ")
    return
      "{\"name\": \"\(name)\", \"kind\": \"\(graph.operators[0].kind.name)\", "
      + "\"inputs\": [\(inputs)], \"outputs\": [\(outputs)]}"
  }
}

/// Cases of one kind and dtype.
struct OracleFamily: Sendable {
  let name: String
  let build: @Sendable (inout OracleSketch) throws -> Void

  /// All families.
  static var all: [OracleFamily] {
    OracleUnary.families + OracleBinary.families + OracleWindows.families + OracleShapes.families
  }

  /// The case of that number, whatever others are made.
  func oracleCase(seed: UInt64, number: Int) throws -> OracleCase {
    var state = seed
    for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var sketch = OracleSketch(
      random: SplitMix64(seed: state &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15), number: number)
    try build(&sketch)
    return OracleCase(
      name: "\(name)_\(number)", graph: try sketch.draft.graph(), inputs: sketch.inputs)
  }
}
