#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Files and folders through POSIX calls, whose error numbers say what is wrong: the descriptions of
/// FoundationEssentials do not on Linux.
package enum OutputFiles {
  /// Makes the folder and those on the way to it; what is there already stays.
  ///
  /// - Throws: `SystemFailure` with what stands in the way.
  package static func makeFolder(_ path: String) throws(SystemFailure) {
    guard !isFolder(path) else { return }
    if let parent = parent(of: path) { try makeFolder(parent) }
    guard path.withSystemPath({ mkdir($0, 0o777) }) != 0 else { return }
    let number = errno
    // Another process may have made it meanwhile.
    guard !isFolder(path) else { return }
    throw SystemFailure(
      words: number == EEXIST ? "'\(path)' is a file, not a folder" : words(number))
  }

  /// Replaces a whole file; folders on the way are made. See `AtomicFile`.
  ///
  /// - Throws: `SystemFailure` with what stands in the way.
  package static func write(_ bytes: [UInt8], to path: String) throws(SystemFailure) {
    if let parent = parent(of: path) { try makeFolder(parent) }
    try AtomicFile.write(bytes, to: path)
  }

  /// Names of the files in a folder, sorted; none when it cannot be read.
  package static func names(in folder: String) -> [String] {
    guard let stream = folder.withSystemPath({ opendir($0) }) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      // Bounds: the kernel ends d_name with a zero inside the entry.
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { name in
          name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee))
          { SystemPath.text(of: $0) }
        })
    }
    return names.filter { $0 != "." && $0 != ".." }.sorted()
  }

  /// Removes a file or a link; folders stay.
  ///
  /// - Throws: `SystemFailure` with what stands in the way.
  package static func remove(_ path: String) throws(SystemFailure) {
    guard path.withSystemPath({ unlink($0) }) != 0 else { return }
    throw SystemFailure(words: words(errno))
  }

  /// Size of the file that a path leads to, bytes; 0 where it leads nowhere.
  package static func size(of path: String) -> UInt64 {
    var status = stat()
    return path.withSystemPath { stat($0, &status) } == 0 ? UInt64(max(status.st_size, 0)) : 0
  }

  package static func isFolder(_ path: String) -> Bool { kind(of: path) == .folder }

  /// What a path leads to.
  package enum Kind: Sendable {
    case file, folder, link
    /// A device, a pipe or a socket: reading it may wait for ever.
    case stream
  }

  /// What a path leads to; nil when it leads nowhere.
  ///
  /// - Parameter followsLinks: false for the link itself.
  package static func kind(of path: String, followsLinks: Bool = true) -> Kind? {
    var status = stat()
    guard path.withSystemPath({ followsLinks ? stat($0, &status) : lstat($0, &status) }) == 0 else {
      return nil
    }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .stream
    }
  }

  /// Why a file could not be read, in words.
  package static func obstacle(toReading path: String) -> String {
    if isFolder(path) { return words(EISDIR) }
    return path.withSystemPath { access($0, R_OK) } == 0 ? "reading failed" : words(errno)
  }

  /// What an error number says, in words.
  package static func words(_ number: Int32) -> String {
    switch number {
    case EISDIR: "it is a folder"
    case ENOTDIR: "a part of the path is a file, not a folder"
    case EACCES, EPERM: "permission denied"
    case ENOENT: "there is no such file or folder"
    default: String(cString: strerror(number))
    }
  }

  /// `a/b` of `a/b/c` and of `a/b/c/`; nil at the start of a path.
  private static func parent(of path: String) -> String? {
    var rest = path[...]
    while rest.count > 1, rest.last == "/" { rest.removeLast() }
    guard let slash = rest.lastIndex(of: "/") else { return nil }
    let parent = rest[..<slash]
    return parent.isEmpty ? nil : String(parent)
  }
}

/// Why a call of the system failed.
package struct SystemFailure: Error {
  package var words: String

  package init(words: String) { self.words = words }
}
