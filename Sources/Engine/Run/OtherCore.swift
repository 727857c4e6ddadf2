/// How work is given to another core; the functions of Firmware/Interface/port.h have these types.
public struct OtherCore {
  /// What the other core runs.
  public typealias Body = @convention(c) (UnsafeMutableRawPointer?) -> Void

  /// Starts `body(context)` there.
  public let start: @convention(c) (Body, UnsafeMutableRawPointer?) -> Void
  /// Returns when it has ended, and all that it wrote can be seen.
  public let wait: @convention(c) () -> Void

  /// Names both.
  public init(
    start: @escaping @convention(c) (Body, UnsafeMutableRawPointer?) -> Void,
    wait: @escaping @convention(c) () -> Void
  ) {
    self.start = start
    self.wait = wait
  }
}
