import Core

/// What a log, an option, a sidecar file or a file name can say about a run.
///
/// The raw values are the keys of `--set`, of sidecar files and of the project's own log.
public enum ConfigurationKey: String, Sendable, CaseIterable, Comparable, Codable {
  /// Board, as in `data/machines`: `waveshare_rp2350_plus_16mb`, `pico2`, `nucleo_u575zi_q`.
  case board
  /// Microcontroller: `rp2350`, `stm32u575`.
  case mcu
  /// Clock of the CPU, in Hz (`150MHz` is understood).
  case clock
  /// Cores that take part.
  case cores
  /// Instruction set of the cores: `armv8-m` or `riscv`.
  case arch
  /// Inference runtime: `tflm`, `x-cube-ai`.
  case runtime
  /// Kernel library: `cmsis-nn`, `reference`.
  case kernels
  case compiler
  case flags
  /// Revision of the measuring program.
  case firmware
  /// Model id: `ad`, `ic`, `kws`, `sww`, `vww`, `proprietary`, `cnn_l4_c8_k5_m4915200`, ...
  case model
  case modelCRC32 = "model_crc32"
  case modelBytes = "model_bytes"
  /// `real` or `twin`.
  case weightsSource = "weights_source"
  /// What the numbers in the graph are, as far as known: `int8`, `fp32`, `int16`.
  case dtype
  /// What the source says they are, where that differs.
  case dtypeClaimed = "dtype_claimed"
  /// Why `dtype` is believed.
  case dtypeEvidence = "dtype_evidence"
  /// Where the weights are read from: `flash`, `sram`, `stream` or `psram`.
  case weights
  /// Where the code runs from.
  case code
  /// Where activations live.
  case activations
  /// `measured`, `published`, `emulated` or `predicted`.
  case origin
  /// Length of one tick: `1us`, `25MHz`, `cycles`, `1024cycles`, `instructions`.
  case tick
  /// Clock of the flash interface, in Hz.
  case flashClock = "flash_clock"
  /// Flash mode, as in `quad/3`.
  case flash
  /// Raw QMI register M0_TIMING, eight hexadecimal digits.
  case qmiTiming = "qmi_timing"
  /// Raw QMI register M0_RFMT.
  case qmiReadFormat = "qmi_rfmt"
  /// Raw QMI register M0_RCMD.
  case qmiReadCommand = "qmi_rcmd"
  /// JEDEC id of the flash chip: manufacturer, type, capacity.
  case jedec
  /// `on` or `off`.
  case xipCache = "xip_cache"
  case arenaBytes = "arena_bytes"
  /// What the input holds: `ramp`, `ones`, `samples`.
  case input
  /// Where the figures come from.
  case citation
  /// Something a reader of the numbers must know.
  case caveat

  /// In the order of the raw values.
  public static func < (a: ConfigurationKey, b: ConfigurationKey) -> Bool {
    a.rawValue < b.rawValue
  }

  /// The values a key accepts, where they can be listed.
  public var choices: [String]? {
    switch self {
    case .weightsSource: WeightsSource.allCases.map(\.description)
    case .dtype, .dtypeClaimed: Dtype.allCases.map(\.description)
    case .weights: WeightsPlace.allCases.map(\.description)
    case .code, .activations: [WeightsPlace.flash, .sram, .psram].map(\.description)
    case .arch: Arch.allCases.map(\.description)
    case .origin: [Origin.measured, .published, .emulated, .predicted].map(\.description)
    case .xipCache: ["on", "off"]
    default: nil
    }
  }
}
