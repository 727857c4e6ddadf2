import Core
import Ingest
import Reference
import Support

extension AnalysedRun {
  /// Why instructions counted on a Cortex-M33, and times fitted to its usual memories and clock, say nothing
  /// of this run; nil where nothing known speaks against them.
  ///
  /// - Parameter clock: false where the clock does not matter.
  func platformObjection(_ machine: Machine?, clock: Bool = true) -> String? {
    if let arch = configuration.arch, arch != .armv8m {
      return "its cores are of \(arch), and what is known of this chip is of its Cortex-M33 cores"
    }
    for (what, place) in [("weights are", weights), ("code is", configuration.code)] {
      switch place {
      case .psram: return "its \(what) in PSRAM, which is not described"
      case .stream: return "its \(what) copied from flash piece by piece, which is not described"
      case .flash, .sram, nil: break
      }
    }
    if clock, let rated = machine?.ratedClockHz, let own = clockHz, own > rated {
      return
        "its clock of \(Format.clock(own)) is above the \(Format.clock(rated)) that the chip is rated for, "
        + "where no time was measured"
    }
    return nil
  }
}
