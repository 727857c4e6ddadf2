import Models
import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The bytes of a file of samples.
public enum SampleFile {
  /// Samples for calibration are a few MB; this much is held in memory at most.
  static let largest = 1 << 30
  private static let step = 1 << 20

  /// All bytes of the file at `path`. Throws where it cannot be read or is too large.
  public static func bytes(path: String) throws(Diagnostic) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot be opened", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      throw Diagnostic(
        "folder", "is a folder, not a file of samples",
        remedy: "Name a .npy, .npz or raw file.", file: path)
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
      guard result.count <= largest - piece.count else {
        throw Diagnostic(
          "file-size", "is larger than \(largest >> 20) MiB, the most that is read",
          remedy: "A few hundred samples are enough to calibrate: store fewer.", file: path)
      }
      result += piece
    }
  }

  private static func failure(_ what: String, _ path: String) -> Diagnostic {
    Diagnostic(
      "unreadable", "\(what): \(String(cString: strerror(errno)))",
      remedy: "Check the name and its permissions.", file: path)
  }
}
