import Foundation
import Ingest
import Reference
import Statistics
import Testing

@testable import Performance

@Suite struct MachineModelTests {
  static let data: ReferenceData? = try? ReferenceData.bundled()

  /// The six published times of which operators and instructions are known.
  static func model(
    _ variant: MachineModelVariant = .standard, loss: FitLoss = .robust
  ) throws -> MachineModel {
    let data = try #require(Self.data)
    let published = data.published.map(Normalisation(reference: data, confidence: 0.95).analyse)
    let cost = InstructionCost(published, mcu: "rp2350", reference: data)
    let outcome = MachineModel.fit(
      published, board: "waveshare_rp2350_plus_16mb", cost: cost, reference: data,
      variant: variant, loss: loss, confidence: 0.95)
    return try #require(outcome.value, "\(outcome.reason ?? "")")
  }

  @Test func explore() throws {
    for loss in [FitLoss.relative] {
      for (name, variant) in MachineModelVariant.ladder {
        let m = try Self.model(variant, loss: loss)
        print(loss, name, m.cyclesPerInstruction, m.cyclesPerLine, m.heldOutErrors as Any)
        print(m.points.map { ($0.run, $0.error * 100, ($0.heldOutError ?? .nan) * 100) })
      }
    }
    let m = try Self.model()
    for cost in try #require(Self.data).costs {
      for w in ["flash", "sram"] {
        let p = m.predict(cost, Scenario(dtype: cost.dtype, weights: w))
        if let v = p.value {
          print(
            cost.model, cost.dtype, w, v.seconds * 1e3, (v.interval.value?.low ?? 0) * 1e3,
            (v.interval.value?.high ?? 0) * 1e3, v.parts, v.instructionSource)
        } else {
          print(cost.model, cost.dtype, w, p.reason ?? "")
        }
      }
    }
    let k = KernelCosts(try #require(Self.data))
    for c in [
      KernelClass.floatMatrix, .floatConvolution, .floatDepthwise, .int8Matrix, .int8Pointwise,
      .int8Convolution, .int8Depthwise,
    ] { print(c, k[c]?.fit.coefficients as Any, k[c]?.worst as Any, k[c]?.count as Any) }
  }
}
