import Support

/// Puts results where they were asked for.
package enum Results {
  /// Writes bytes to a file; folders on the way are made.
  package static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
    do throws(SystemFailure) {
      try OutputFiles.write(bytes, to: path)
    } catch {
      throw CommandFailure.output(
        "'\(path)' cannot be written: \(error.words)",
        remedy: OutputFiles.isFolder(path)
          ? "Name a file in it with -o."
          : "Name a place that exists and may be written with -o.")
    }
  }

  /// Makes sure that `path` is a folder or can become one.
  package static func folder(_ path: String) throws(CommandFailure) {
    do throws(SystemFailure) {
      try OutputFiles.makeFolder(path)
    } catch {
      throw CommandFailure.output(
        "the folder '\(path)' cannot be made: \(error.words)",
        remedy: "Name another folder with -o.")
    }
  }

  /// Refuses to write over what was read.
  ///
  /// - Parameters:
  ///   - paths: what would be written or removed.
  ///   - inputs: files that the command reads.
  package static func protect(_ inputs: [String], from paths: [String]) throws(CommandFailure) {
    try ProtectedFiles(inputs).refuse(paths)
  }
}
