import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The files that are written before they take their names: `.analyze-PID-N`.
///
/// Each is locked (flock(2)) by whoever writes it. The system gives the lock up when that process ends,
/// so one that can be locked was left behind by a process that was killed.
enum TemporaryFiles {
  private static let start = ".analyze-"
  private static let cleaned = Mutex<Set<String>>([])

  /// The name of the process's `attempt`-th try in a folder.
  static func name(_ attempt: Int) -> String { "\(start)\(getpid())-\(attempt)" }

  /// Locks a new file; false when another process took it for an abandoned one.
  static func claim(_ descriptor: Int32) -> Bool {
    // A file system that knows no locks lets nobody take the file away either.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 { return errno != EWOULDBLOCK }
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_nlink > 0
  }

  /// Removes what killed processes left in `folder`, the first time this process writes there.
  static func removeAbandoned(in folder: String) {
    guard cleaned.withLock({ $0.insert(folder).inserted }) else { return }
    for name in OutputFiles.names(in: folder) where isTemporary(name) {
      removeIfAbandoned(folder + "/" + name)
    }
  }

  private static func isTemporary(_ name: String) -> Bool {
    guard name.hasPrefix(start) else { return false }
    let numbers = name.dropFirst(start.count).split(
      separator: "-", omittingEmptySubsequences: false)
    return numbers.count == 2
      && numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  private static func removeIfAbandoned(_ path: String) {
    // Neither a link is followed, nor a pipe waited for.
    let descriptor = path.withSystemPath {
      open($0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    }
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid(), flock(descriptor, LOCK_EX | LOCK_NB) == 0
    else { return }
    _ = path.withSystemPath { unlink($0) }
  }
}
