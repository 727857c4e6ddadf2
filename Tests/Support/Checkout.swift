import Foundation

/// The folder that the package was checked out to, as tests find its files.
public enum Checkout {
  /// The folder of Package.swift.
  public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A file of the checkout, by its path from the root.
  public static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  /// The bytes of a file of the checkout.
  public static func bytes(_ name: String) throws -> [UInt8] {
    try Files.bytes(path(name))
  }

  /// The text of a file of the checkout.
  public static func text(_ name: String) throws -> String {
    try Files.text(path(name))
  }
}
