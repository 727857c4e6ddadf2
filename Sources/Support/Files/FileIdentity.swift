#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Which file a path leads to, through links too: all names of a file have one identity.
package struct FileIdentity: Hashable, Sendable, Codable {
  private let device: UInt64
  private let number: UInt64
  /// A file that can be read again; a pipe cannot.
  package let isPlain: Bool
  /// Which file in the archive that it is.
  package private(set) var member: String?

  /// That of the file behind a path; nil when there is none.
  package init?(of path: String) {
    var status = stat()
    guard path.withSystemPath({ stat($0, &status) }) == 0 else { return nil }
    self.init(status)
  }

  /// That of an open file.
  package init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  /// That of a file in this archive.
  package func holding(_ member: String) -> FileIdentity {
    var result = self
    result.member = member
    return result
  }

  private init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
    isPlain = status.st_mode & S_IFMT == S_IFREG
  }
}

/// Files that a command reads, and so must not write over.
package struct ProtectedFiles: Sendable {
  private var names: [FileIdentity: String] = [:]
  private let identify: @Sendable (String) -> FileIdentity?

  /// Each path is looked at once, here or in `refuse`, however many there are.
  package init(
    _ paths: [String],
    identify: @escaping @Sendable (String) -> FileIdentity? = { FileIdentity(of: $0) }
  ) {
    self.identify = identify
    for path in paths {
      guard let identity = identify(path), names[identity] == nil else { continue }
      names[identity] = path
    }
  }

  /// Refuses to write to `paths` when one of them is a protected file.
  package func refuse(_ paths: [String]) throws(CommandFailure) {
    guard !names.isEmpty else { return }
    for path in paths {
      guard let identity = identify(path), let input = names[identity] else { continue }
      throw CommandFailure.usage(
        "'\(path)' would replace the input '\(input)'",
        remedy: "Choose another place with -o.")
    }
  }
}
