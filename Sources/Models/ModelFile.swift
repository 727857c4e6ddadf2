import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The bytes of a model file.
package enum ModelFile {
  /// FlatBuffers count with 31 bits (https://flatbuffers.dev, "File size limits").
  package static let largest = Int(Int32.max)
  private static let step = 1 << 20
  /// Bytes that suffice to tell what a file is.
  private static let head = 4096

  /// All bytes of the file at `path`, a `kind` file as in `.tflite`; `-` is standard input. `isWelcome`
  /// sees the first bytes, so that a large file of another kind is refused before it is read.
  package static func bytes(
    path: String, kind: String = ".tflite", isWelcome: ([UInt8]) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> [UInt8] {
    try refusePipe(path)
    let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot be opened", path) }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw Diagnostic(
        "folder", "is a folder, not a \(kind) file", remedy: "Name the \(kind) file.", file: path)
    }
    var result: [UInt8] = []
    if status.st_mode & S_IFMT == S_IFREG {
      result.reserveCapacity(min(max(Int(status.st_size), 0), largest))
    }
    while true {
      guard let piece = Descriptor.next(descriptor, atMost: step) else {
        throw failure("cannot be read", path)
      }
      if piece.isEmpty { return result }
      let isFirst = result.count < head
      guard result.count <= largest - piece.count else {
        throw Diagnostic(
          "file-size", "is larger than 2 GiB, the most that is read",
          remedy: "A model for a microcontroller is a few MB at most: check the name.", file: path)
      }
      result += piece
      if isFirst, result.count >= head { try isWelcome(result) }
    }
  }

  /// Refuses a pipe: opening one may wait for ever, and what it gives can be read once only.
  package static func refusePipe(_ path: String) throws(Diagnostic) {
    var status = stat()
    guard path != "-", stat(path, &status) == 0 else { return }
    guard [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT) else { return }
    throw Diagnostic(
      "pipe", "is a pipe, not a file",
      remedy: "Write the model to a file first, and name that.", file: path)
  }

  private static func failure(_ what: String, _ path: String) -> Diagnostic {
    Diagnostic(
      "unreadable", "\(what): \(String(cString: strerror(errno)))",
      remedy: "Check the name and its permissions.", file: path)
  }
}
