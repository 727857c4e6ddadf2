import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The serial ports of this machine, by the names of their devices.
public struct SerialPorts: Sendable {
  /// Where devices are; another folder in a test.
  private let folder: String

  /// Ports whose devices are in `folder`.
  public init(folder: String = "/dev") { self.folder = folder }

  #if os(Linux)
  private static let prefixes = ["ttyACM", "ttyUSB"]
  #else
  private static let prefixes = ["cu."]
  /// What macOS has without any board.
  private static let fixed = ["cu.Bluetooth-Incoming-Port", "cu.debug-console", "cu.wlan-debug"]
  #endif

  /// Boards may be behind these: one path each, sorted; the lasting name (by-id) where there is one.
  public var candidates: [String] {
    #if os(Linux)
    return OutputFiles.names(in: folder).filter(Self.isPort).map { name in
      let path = "\(folder)/\(name)"
      return lastingName(of: path) ?? path
    }
    #else
    return OutputFiles.names(in: folder).filter { Self.isPort($0) && !Self.fixed.contains($0) }
      .map { "\(folder)/\($0)" }
    #endif
  }

  /// The name under which the device of `path` comes back even if its number changes: the link that
  /// udev makes of manufacturer, product and serial number.
  func lastingName(of path: String) -> String? {
    guard let device = Self.resolved(path) else { return nil }
    let links = "\(folder)/serial/by-id"
    return OutputFiles.names(in: links).map { "\(links)/\($0)" }.first {
      Self.resolved($0) == device
    }
  }

  private static func isPort(_ name: String) -> Bool { prefixes.contains { name.hasPrefix($0) } }

  /// The path without links; nil when it leads to nothing.
  private static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }
}
