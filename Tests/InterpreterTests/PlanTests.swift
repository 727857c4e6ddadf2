import Models
import Testing

@testable import Interpreter

/// What a plan says of itself, as a generator of firmware reads it.
struct PlanTests {
  @Test func regionsAreAlignedApartAndInside() throws {
    let plan = try Plan(try WeightedSketch.convolution.draft.graph())
    let regions = plan.map.regions.compactMap { $0 }
    #expect(regions.count == 4)
    for (area, size) in [
      (MemoryMap.Area.constants, plan.map.constantBytes),
      (.activations, plan.map.activationBytes),
    ] {
      let inside = regions.filter { $0.area == area }.sorted { $0.offset < $1.offset }
      #expect(inside.count == 2)
      for region in inside {
        #expect(region.offset % 16 == 0 && region.offset + region.byteCount <= size)
      }
      for (first, second) in zip(inside, inside.dropFirst()) {
        #expect(first.offset + first.byteCount <= second.offset)
      }
    }
  }

  @Test func unusedTensorsTakeNothing() throws {
    var draft = WeightedSketch.convolution.draft
    let unused = draft.add(Tensor(name: "", shape: [1 << 30, 4], elementType: .float32))
    let plan = try Plan(try draft.graph())
    #expect(plan.map.regions[unused] == nil && plan.map.activationBytes < 1024)
    #expect(Interpreter(plan).withTensor(unused) { $0.count } == nil)
  }

  @Test func constantsAreCopiedToAlignedPlaces() throws {
    var sketch = WeightedSketch.convolution
    let constant = Array(try #require(sketch.weights.constant))
    // Four bytes and odd ones before it, as in a file that aligns nothing.
    for offset in 0..<5 {
      sketch.weights.constant = ([UInt8](repeating: 7, count: offset) + constant)[offset...]
      let plan = try Plan(try sketch.draft.graph())
      let step = try #require(plan.steps.first as? ConvolutionFloatStep)
      let isAligned = plan.withConstant(step.weights.tensor) {
        Int(bitPattern: $0.baseAddress) % 16 == 0 && Array($0) == constant
      }
      #expect(isAligned == true)
      #expect(plan.withConstant(step.input.tensor) { $0.count } == nil)
      #expect(plan.withConstant(99) { $0.count } == nil)
    }
  }

  @Test func stepsSayWhatTheyDo() throws {
    let plan = try Plan(try ConvolutionProblem(seed: 3).int8Sketch.draft.graph())
    let step = try #require(plan.steps.first as? ConvolutionInt8Step)
    #expect(step.isDepthwise && step.parameters.inputOffset == 5)
    #expect(step.multipliers.count == Int(step.parameters.outputDepth))
    #expect(step.shifts.count == step.multipliers.count)
    #expect(step.bias?.count == step.multipliers.count)
    #expect(plan.scratchBytes == step.scratchBytes)
  }
}
