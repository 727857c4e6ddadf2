// The words that all rooms share, as types: dtype, place of the weights, origin, source of the
// weights, architecture, boards; the window of a filter, CRC-32, seeded numbers. Compiled for
// the chip, too. Knows nothing of any other room.

/// What a model computes with.
public enum Dtype: UInt8, Word {
  case int8, fp32, int16
  /// More than one of them.
  case mixed

  /// As in the log.
  public var word: StaticString {
    switch self {
    case .int8: "int8"
    case .fp32: "fp32"
    case .int16: "int16"
    case .mixed: "mixed"
    }
  }
}

/// Where weights are read from, code runs from, or activations live.
public enum WeightsPlace: UInt8, Word {
  /// Where they were linked to.
  case flash
  /// In a copy.
  case sram
  /// In flash, and copied piece by piece while the model runs.
  case stream
  /// In memory behind the flash's interface.
  case psram

  /// As in the log.
  public var word: StaticString {
    switch self {
    case .flash: "flash"
    case .sram: "sram"
    case .stream: "stream"
    case .psram: "psram"
    }
  }
}

/// How numbers came to be.
public enum Origin: UInt8, Word {
  /// A board took that long.
  case measured
  /// Somebody printed it.
  case published
  /// Cycles by the data sheet, in a simulator.
  case simulated
  /// Instructions that an emulator counted.
  case emulated
  /// No board was used.
  case predicted

  /// As in the log.
  public var word: StaticString {
    switch self {
    case .measured: "measured"
    case .published: "published"
    case .simulated: "simulated"
    case .emulated: "emulated"
    case .predicted: "predicted"
    }
  }
}

/// Whether weights are a trained model's.
public enum WeightsSource: UInt8, Word {
  /// Trained.
  case real
  /// Random numbers in the shape of a model.
  case twin

  /// As in the log.
  public var word: StaticString {
    switch self {
    case .real: "real"
    case .twin: "twin"
    }
  }
}

/// The instruction set of the cores in use.
public enum Arch: UInt8, Word {
  case armv8m, riscv

  /// As in the log.
  public var word: StaticString {
    switch self {
    case .armv8m: "armv8-m"
    case .riscv: "riscv"
    }
  }
}
