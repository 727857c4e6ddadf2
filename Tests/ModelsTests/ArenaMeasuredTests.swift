import Testing

@testable import Models

/// Plans of the fixtures, one kind each, against what TFLM needs for them.
@Suite struct ArenaMeasuredTests {
  /// Measured with pico-tflmicro (commit dfea53b, CMSIS-NN 7.0.0) on a Cortex-M33 of QEMU 7.2
  /// (mps2-an505), the fixture written as .tflite: `arena_used_bytes()`, then head and tail as
  /// RecordingMicroInterpreter counts them, then the smallest arena, in steps of 16 bytes, in which
  /// AllocateTensors and Invoke succeed.
  private static let table = """
    add fp32 1712 1344 464 1712
    add int8 756 352 500 768
    averagePool fp32 1184 816 464 1184
    averagePool int8 644 240 500 656
    branch fp32 3232 2544 784 3232
    branch int8 1524 672 948 1536
    concatenation fp32 2336 2016 432 2336
    concatenation int8 868 512 468 880
    conv1x1 fp32 1920 1520 512 1920
    conv1x1 int8 900 400 612 928
    conv1x3Valid fp32 1680 1280 512 1680
    conv1x3Valid int8 884 384 612 928
    conv5x5 fp32 1920 1520 512 1920
    conv5x5 int8 1300 800 612 1312
    convDilated fp32 1920 1520 512 1920
    convDilated int8 964 464 612 976
    depthwise3x3 fp32 1264 864 512 1264
    depthwise3x3 int8 692 224 580 880
    depthwise5x5 fp32 1264 864 512 1264
    depthwise5x5 int8 900 432 580 912
    depthwiseTwice fp32 1456 1056 512 1456
    depthwiseTwice int8 772 272 612 960
    fullyConnected fp32 1120 720 496 1120
    fullyConnected int8 628 192 532 656
    fullyConnected3D fp32 2752 2352 496 2752
    fullyConnected3D int8 1124 688 532 1136
    fullyConnectedPerChannel fp32 1120 720 496 1120
    fullyConnectedPerChannel int8 724 192 628 816
    logistic fp32 1648 1344 416 1648
    logistic int8 692 352 452 704
    maxPool fp32 1184 816 464 1184
    maxPool int8 628 224 500 640
    maximum fp32 1616 1344 384 1616
    maximum int8 660 352 420 672
    mean fp32 1040 688 448 1040
    mean int8 596 208 484 672
    minimum fp32 1632 1344 400 1632
    minimum int8 676 352 436 688
    mul fp32 1680 1344 448 1680
    mul int8 724 352 484 736
    pad fp32 2176 1824 464 2176
    pad int8 852 464 500 864
    quantizeDequantize fp32 1248 848 496 1248
    quantizeDequantize int8 1284 848 532 1296
    relu fp32 1664 1344 416 1664
    relu int8 708 352 452 720
    relu6 fp32 1648 1344 400 1648
    relu6 int8 692 352 436 704
    reshape fp32 1664 1344 432 1664
    reshape int8 708 352 468 720
    softmax fp32 1696 1344 464 1696
    softmax int8 740 352 500 752
    sub fp32 1696 1344 464 1696
    sub int8 740 352 500 752
    tanh fp32 1648 1344 416 1648
    tanh int8 692 352 452 704
    transpose fp32 1632 1344 400 1632
    transpose int8 676 352 436 688
    """

  struct Row: Sendable, CustomStringConvertible {
    let name: String
    let isInt8: Bool
    let used: Int
    let head: Int
    let recordedTail: Int
    let minimum: Int

    var description: String { "\(name) \(isInt8 ? "int8" : "fp32")" }
  }

  static let rows: [Row] = table.split(separator: "\n").compactMap { line in
    let fields = line.split(separator: " ").map(String.init)
    let numbers = fields.dropFirst(2).compactMap(Int.init)
    guard fields.count == 6, numbers.count == 4 else { return nil }
    return Row(
      name: fields[0], isInt8: fields[1] == "int8", used: numbers[0], head: numbers[1],
      recordedTail: numbers[2], minimum: numbers[3])
  }

  @Test func everyFixtureIsInTheTableWithBothTypes() {
    let expected = ArenaFixture.names.flatMap { ["\($0) int8", "\($0) fp32"] }
    #expect(Set(Self.rows.map(\.description)) == Set(expected))
    #expect(Self.rows.count == expected.count)
  }

  @Test(arguments: rows) func planIsWhatTFLMNeeds(_ row: Row) throws {
    let graph = try ArenaFixture.graph(row.name, isInt8: row.isInt8)
    let plan = try ArenaPlanner.plan(graph)
    let recorded = try ArenaPlanner.plan(graph, target: .cortexM33Recording)
    #expect(plan.isExact && plan.marginBytes == 0)
    #expect(plan.usedBytes == row.used)
    #expect(plan.headBytes == row.head)
    #expect(recorded.headBytes == row.head)
    #expect(recorded.tailBytes == row.recordedTail)
    // In the smaller arena, tables per channel overwrite the end of temporary tensors: TFLM does not
    // notice, and what it overwrites is no longer read. The plan keeps them apart.
    let isOverwritten = row.name == "fullyConnectedPerChannel" && row.isInt8
    #expect(plan.minimumBytes == row.minimum + (isOverwritten ? 16 : 0))
  }

  @Test func planOfAFileIsThatOfItsGraph() throws {
    for name in ArenaFixture.names {
      let graph = try ArenaFixture.graph(name, isInt8: true)
      let written = try TFLiteReader.read(bytes: TFLiteWriter.bytes(of: graph))
      #expect(try ArenaPlanner.plan(written) == ArenaPlanner.plan(graph), "\(name)")
    }
  }
}
