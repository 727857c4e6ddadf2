#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Standard input, output and error.
package enum StandardDescriptors {
  /// Opens those that the caller closed, before anything else is opened: otherwise the next file would
  /// become standard error, say, and what is said there would land in it.
  package static func open() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The system gives the lowest number that is free. The wrong way round, so that reading and
      // writing fail as they would have.
      openNull(descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}

private func openNull(_ mode: Int32) { _ = open("/dev/null", mode) }
