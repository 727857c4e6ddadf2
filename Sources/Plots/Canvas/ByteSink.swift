import CCairo

/// Collects what Cairo writes, up to a limit.
final class ByteSink {
  static let limit = 1 << 28

  private(set) var bytes: [UInt8] = []
  private(set) var isFull = false

  /// The closure argument for `ByteSink.write`. Not retained: the canvas that owns the sink
  /// destroys the surface before it lets go of the sink.
  var closure: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  /// Cairo calls this with a block of `length` readable bytes at `data`, during a call made on the
  /// thread that owns the canvas.
  static let write: cairo_write_func_t = { closure, data, length in
    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
    let sink = Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
    guard sink.bytes.count + Int(length) <= limit else {
      sink.isFull = true
      return CAIRO_STATUS_WRITE_ERROR
    }
    sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
    return CAIRO_STATUS_SUCCESS
  }
}
