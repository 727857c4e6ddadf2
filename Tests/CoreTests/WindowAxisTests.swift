import Core
import Testing

/// Against a count of positions and taps one by one, over all small sizes.
struct WindowAxisTests {
  /// Whether tap `tap` of the window at `position` is inside.
  private func isInside(_ axis: WindowAxis, _ position: Int, _ tap: Int, before: Int) -> Bool {
    (0..<axis.size).contains(position * axis.stride - before + tap * axis.dilation)
  }

  private static let axes: [WindowAxis] = {
    var result: [WindowAxis] = []
    for size in 0...9 {
      for taps in 1...5 {
        for stride in 1...4 {
          for dilation in 1...3 {
            if let axis = WindowAxis(size: size, taps: taps, stride: stride, dilation: dilation) {
              result.append(axis)
            }
          }
        }
      }
    }
    return result
  }()

  @Test func allAreMade() { #expect(Self.axes.count == 10 * 5 * 4 * 3) }

  @Test func validHasTheWindowsWithAllTapsInside() {
    for axis in Self.axes {
      let whole = (0...axis.size).filter { position in
        (0..<axis.taps).allSatisfy { isInside(axis, position, $0, before: 0) }
      }
      #expect(axis.validPositions == whole.count, "\(axis)")
      #expect(axis.padding(for: axis.validPositions) == .init(before: 0, after: 0) || whole.isEmpty)
    }
  }

  @Test func sameHasAWindowForEachStride() {
    for axis in Self.axes {
      let starts = (0..<axis.size).filter { $0 % axis.stride == 0 }
      #expect(axis.samePositions == starts.count, "\(axis)")
      guard let last = starts.indices.last else { continue }
      // The fewest zeros that hold all windows, the odd one after the image.
      let padding = axis.padding(for: axis.samePositions)
      var total = 0
      while last * axis.stride + (axis.taps - 1) * axis.dilation >= axis.size + total { total += 1 }
      #expect(padding.before + padding.after == total, "\(axis)")
      #expect(padding.after - padding.before == total % 2, "\(axis)")
    }
  }

  @Test func tapsInsideAreThoseCounted() {
    for axis in Self.axes {
      for before in 0...6 {
        for position in 0...6 {
          let inside = (0..<axis.taps).filter { isInside(axis, position, $0, before: before) }
          let found = axis.taps(at: position, before: before)
          #expect(Array(found.first..<found.end) == inside, "\(axis) \(position) \(before)")
        }
      }
    }
  }

  @Test func sizesOf31BitsDoNotOverflow() throws {
    let most = Int(Int32.max)
    let axis = try #require(WindowAxis(size: most, taps: most, stride: most, dilation: most))
    #expect(axis.samePositions == 1 && axis.validPositions == 0)
    #expect(axis.span(most) == 2 * Int64(most - 1) * Int64(most) + 1)
    #expect(axis.padding(for: 1).before == (most - 1) * (most - 1) / 2)
    for bad in [-1, most + 1] {
      #expect(WindowAxis(size: bad, taps: 1, stride: 1) == nil)
      #expect(WindowAxis(size: 1, taps: bad, stride: 1) == nil)
      #expect(WindowAxis(size: 1, taps: 1, stride: bad) == nil)
      #expect(WindowAxis(size: 1, taps: 1, stride: 1, dilation: bad) == nil)
    }
    #expect(WindowAxis(size: 1, taps: 1, stride: 0) == nil)
    #expect(WindowAxis(size: 1, taps: 1, stride: 1, dilation: 0) == nil)
  }
}
