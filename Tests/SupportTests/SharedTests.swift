import Support
import Testing

@Test func equalValuesBecomeTheFirstOfThem() {
  let common = Common<[Int]>()
  let (first, second) = ([1, 2], [1, 2])
  let kept = common(first)
  #expect(common(second) == kept && common([3]) == [3])
  let sharesMemory = kept.withUnsafeBufferPointer { kept in
    common(second).withUnsafeBufferPointer { $0.baseAddress == kept.baseAddress }
  }
  #expect(sharesMemory)
}
