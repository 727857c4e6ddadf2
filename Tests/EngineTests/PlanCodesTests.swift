import Core
import Testing

@testable import Engine

/// Numbers of a plan's header for words of the log, as docs/models.md lists them.
struct PlanCodesTests {
  @Test(arguments: [(nil, 0), (.int8, 1), (.fp32, 2)] as [(Dtype?, UInt32)])
  func dtypes(_ dtype: Dtype?, _ code: UInt32) {
    #expect(PlanFormat.code(dtype) == code && PlanFormat.dtype(code) == dtype)
  }

  @Test(arguments: [(nil, 0), (.real, 1), (.twin, 2)] as [(WeightsSource?, UInt32)])
  func sources(_ source: WeightsSource?, _ code: UInt32) {
    #expect(PlanFormat.code(source) == code && PlanFormat.weightsSource(code) == source)
  }

  @Test func othersHaveNone() {
    #expect(PlanFormat.code(Dtype.int16) == 0 && PlanFormat.code(Dtype.mixed) == 0)
    #expect(PlanFormat.dtype(3) == nil && PlanFormat.weightsSource(3) == nil)
  }
}
