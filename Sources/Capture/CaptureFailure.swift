#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Why nothing, or nothing more, can be recorded.
public struct CaptureFailure: Error, Sendable, Equatable {
  /// What kind of thing is wrong.
  public enum Kind: Sendable {
    /// The command makes no sense so: no such kind of port, the file exists.
    case usage
    /// The system refuses: permission, a port in use.
    case system
    /// The port is not there; it may come.
    case absent
    /// What came could not be written.
    case output
  }

  /// What is wrong with what.
  public var kind: Kind
  /// What went wrong, as a sentence without its end.
  public var message: String
  /// What to do.
  public var remedy: String
}

/// What an error number says, in words.
func words(ofError number: Int32) -> String {
  switch number {
  case ENOENT: "it is not there"
  case EACCES, EPERM: "permission denied"
  default: String(cString: strerror(number))
  }
}
