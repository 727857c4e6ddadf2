import Models

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The bytes of a file.
enum InputFile {
  /// Far above any model for a microcontroller.
  static let largest = Int(Int32.max)
  private static let step = 1 << 20

  enum Kind {
    case file
    case folder
    case other
  }

  /// What stands at `path`, links followed; nil where nothing does.
  static func kind(_ path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// All bytes of the file at `path`.
  static func bytes(path: String) throws(ModelDiagnostic) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot be opened", path) }
    defer { close(descriptor) }
    var result: [UInt8] = []
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      result.reserveCapacity(min(max(Int(status.st_size), 0), largest))
    }
    while true {
      guard let piece = next(descriptor) else { throw failure("cannot be read", path) }
      if piece.isEmpty { return result }
      guard result.count <= largest - piece.count else {
        throw ModelDiagnostic(
          "file-size", "is larger than 2 GiB",
          remedy: "A model for a microcontroller is a few MB at most: check the name.", file: path)
      }
      result += piece
    }
  }

  /// nil on failure, empty at the end.
  private static func next(_ descriptor: Int32) -> [UInt8]? {
    var isRead = true
    let piece = [UInt8](unsafeUninitializedCapacity: step) { buffer, count in
      var n = 0
      // Bounds: read() writes at most `buffer.count` bytes, and `n` of them are initialised.
      repeat {
        n = read(descriptor, buffer.baseAddress, buffer.count)
      } while n < 0 && errno == EINTR
      isRead = n >= 0
      count = max(n, 0)
    }
    return isRead ? piece : nil
  }

  private static func failure(_ what: String, _ path: String) -> ModelDiagnostic {
    ModelDiagnostic(
      "unreadable", "\(what): \(String(cString: strerror(errno)))",
      remedy: "Check the name and its permissions.", file: path)
  }
}
