import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Why nothing, or nothing more, can be recorded.
public enum CaptureRule: String, DiagnosticRule, Sendable {
  /// The command makes no sense so: no such kind of port, the file exists.
  case usage = "capture-usage"
  /// The system refuses: permission, a port in use.
  case system = "capture-system"
  /// The port is not there; it may come.
  case absent = "capture-absent"
  /// What came could not be written.
  case output = "capture-output"
}

/// What an error number says, in words.
func words(ofError number: Int32) -> String {
  switch number {
  case ENOENT: "it is not there"
  case EACCES, EPERM: "permission denied"
  default: String(cString: strerror(number))
  }
}
