import Support

/// Reads .tflite files: FlatBuffers with the identifier TFL3, schema version 3.
///
/// Nothing in the file is trusted: each offset, length and index is checked before it is used, the
/// work is bounded by the size of the file, and what breaks a rule is named with its place. Only the
/// first subgraph is read, as that is the model; `Graph.remarks` says when there are more.
public enum TFLiteReader {
  /// The graph of the file at `path`; `-` is standard input. Throws what is wrong with the file.
  public static func read(path: String) throws(Diagnostic) -> Graph {
    let bytes: [UInt8]
    do throws(Diagnostic) {
      bytes = try ModelFile.bytes(path: path, isWelcome: ForeignFormat.refuse)
    } catch {
      throw error.of(path)
    }
    return try read(bytes: bytes, path: path)
  }

  /// The graph of a file's bytes. `path` is only named in diagnostics.
  public static func read(bytes: [UInt8], path: String = "") throws(Diagnostic) -> Graph {
    do throws(Diagnostic) {
      guard bytes.count <= ModelFile.largest else {
        throw Diagnostic(
          "file-size", "is larger than 2 GiB, the most a FlatBuffer can address",
          remedy: "A model for a microcontroller is a few MB at most: check the name.")
      }
      try ForeignFormat.refuse(bytes)
      var model = try TFLiteModel(FlatBuffer(bytes))
      let graph = try model.graph()
      return graph
    } catch {
      throw error.of(path)
    }
  }
}
