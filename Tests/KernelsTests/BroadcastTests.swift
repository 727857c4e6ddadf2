import Kernels
import TestSupport
import Testing

struct BroadcastTests {
  private func shapes(_ random: inout SplitMix) -> (left: [Int], right: [Int], [Int]) {
    let shape = random.shape(0...6, most: 4)
    var (left, right) = (shape, shape)
    for place in shape.indices {
      switch random.int(0...3) {
      case 0: left[place] = 1
      case 1: right[place] = 1
      default: break
      }
    }
    let result = zip(left, right).map { max($0, $1) }
    while left.first == 1, random.int(0...1) == 0 { left.removeFirst() }
    return (left, right, result)
  }

  @Test func smallerTensorsAreRepeated() throws {
    var random = SplitMix(5)
    for _ in 0..<300 {
      let (left, right, result) = shapes(&random)
      let shape = try #require(
        broadcast(left, right))
      let places = positions(result)
      #expect(Int(shape.count) == places.count)
      let a = random.floats(left.reduce(1, *))
      let b = random.floats(right.reduce(1, *))
      let pairs = places.map { (a[offset($0, in: left)], b[offset($0, in: right)]) }
      let range = FloatRange(lowest: -1, highest: 0.5)
      let sums = applied(to: a, b, count: places.count, zero: 0) {
        addFloat(shape, range: range, left: $0, right: $1, output: $2)
      }
      #expect(sums == pairs.map { min(max($0 + $1, -1), 0.5) })
      let differences = applied(to: a, b, count: places.count, zero: 0) {
        subtractFloat(shape, range: FloatRange(), left: $0, right: $1, output: $2)
      }
      #expect(differences == pairs.map { $0 - $1 })
      let products = applied(to: a, b, count: places.count, zero: 0) {
        multiplyFloat(shape, range: FloatRange(), left: $0, right: $1, output: $2)
      }
      #expect(products == pairs.map { $0 * $1 })
      let least = applied(to: a, b, count: places.count, zero: 0) {
        minimumFloat(shape, left: $0, right: $1, output: $2)
      }
      #expect(least == pairs.map { min($0, $1) })
      let x = random.bytes(a.count, extreme: false)
      let y = random.bytes(b.count, extreme: false)
      let most = applied(to: x, y, count: places.count, zero: 0) {
        maximumInt8(shape, left: $0, right: $1, output: $2)
      }
      #expect(
        most == places.map { max(x[offset($0, in: left)], y[offset($0, in: right)]) })
    }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    func fits(_ left: [Int], _ right: [Int]) -> Bool {
      broadcast(left, right)
        != nil
    }
    #expect(fits([2, 3], [3]))
    #expect(!fits([2, 3], [2]))
    #expect(!fits([4], [3]))
    #expect(!fits([1 << 20, 1], [1, 1 << 20]))
    #expect(fits([0, 3], [1, 3]))
    #expect(KernelShape([1, 1, 1, 1, 1, 1, 1]) == nil)
    #expect(KernelShape([-1]) == nil)
    #expect(KernelShape([1 << 31]) == nil)
    #expect(KernelShape([1 << 16, 1 << 16]) == nil)
    #expect(KernelShape([])?.count == 1)
    #expect(KernelShape([3, 0])?.count == 0)
  }

  @Test func nothingIsTouchedWithoutElements() throws {
    let shape = try #require(
      broadcast([0], [1]))
    let output = applied(to: [Int8(1)], [2], count: 1, zero: 7) {
      minimumInt8(shape, left: $0, right: $1, output: $2)
    }
    #expect(output == [7])
  }
}
