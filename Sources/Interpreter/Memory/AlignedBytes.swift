import Models

/// Bytes of fixed number at a multiple of 16, zero at first.
final class AlignedBytes {
  /// What every region starts at a multiple of: no element or vector load needs more.
  static let alignment = 16

  let base: UnsafeMutableRawPointer
  let count: Int

  init(count: Int) {
    self.count = count
    base = .allocate(byteCount: max(count, Self.alignment), alignment: Self.alignment)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  deinit { base.deallocate() }
}

/// The constants of a graph, each at its aligned place, as a file may hold them anywhere.
///
/// Unchecked: written in `init` only, so that any number of threads may read it.
final class ConstantBytes: @unchecked Sendable {
  private let bytes: AlignedBytes

  /// Copies the constants of `tensors` to where `map` puts them.
  init(_ map: MemoryMap, tensors: [Tensor]) {
    bytes = AlignedBytes(count: map.constantBytes)
    for (tensor, region) in zip(tensors, map.regions) {
      guard let region, region.area == .constants, let constant = tensor.constant else { continue }
      constant.withUnsafeBytes { source in
        // Bounds: the map gives `byteCount` bytes inside `constantBytes`, and no more are copied.
        UnsafeMutableRawBufferPointer(
          start: bytes.base + region.offset, count: min(region.byteCount, source.count)
        ).copyMemory(from: UnsafeRawBufferPointer(rebasing: source.prefix(region.byteCount)))
      }
    }
  }

  var base: UnsafeRawPointer { UnsafeRawPointer(bytes.base) }
}
