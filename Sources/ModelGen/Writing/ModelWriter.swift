import CommandLineSupport
import Core
import Models
import Quantizer
import Support

/// Writes what was asked for of one model.
struct ModelWriter {
  let options: WritingOptions
  /// Files that are read and must not be written over.
  let inputs: ProtectedFiles

  /// Writes `graph` as NAME.tflite, and C++ and costs beside it where asked for. The file's dtype is
  /// `dtype`, or nothing is written.
  func write(
    _ graph: Graph, model: String, name: String, dtype: Dtype, signalToNoise: Double? = nil,
    ranges: String? = nil
  ) throws -> WrittenModel {
    let bytes = try TFLiteWriter.bytes(
      of: graph, options: .init(keepsNames: options.names, dtype: dtype))
    let written = try TFLiteReader.read(bytes: bytes)
    // The dtype is that of operators with weights; no other may compute in float32 either.
    if dtype == .int8 { try Quantizer.requireInt8(written) }
    let arena = try ArenaPlanner.plan(written)
    let path = path(name + ".tflite")
    try put(bytes, path)
    if options.cpp {
      let code = try CppModel(name: name, file: bytes, arenaBytes: arena.minimumBytes)
      try put(Array(code.header.utf8), self.path(code.identifier + ".h"))
      try put(Array(code.source.utf8), self.path(code.identifier + ".cc"))
    }
    if options.costs {
      let table = CostTable(written, name: model)
      try put(Array(table.csv.utf8), self.path(name + "_costs.csv"))
      try put(Array(table.json.utf8), self.path(name + "_costs.json"))
    }
    return WrittenModel(
      model: model, dtype: dtype, path: path, graph: written, arenaBytes: arena.minimumBytes,
      signalToNoise: signalToNoise, ranges: ranges)
  }

  /// Writes bytes to a file, unless that is an input.
  func put(_ bytes: [UInt8], _ path: String) throws {
    try inputs.refuse([path])
    try Results.write(bytes, to: path)
  }

  /// A file in the folder asked for.
  func path(_ name: String) -> String {
    options.output == "."
      ? name : options.output + (options.output.hasSuffix("/") ? "" : "/") + name
  }
}
