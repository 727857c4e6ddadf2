import Core
import Performance

/// Roofs as they are named along their lines: short, with how they are known.
enum RoofNames {
  /// "flash, sequential".
  static func short(_ line: MemoryLine) -> String {
    switch line.id {
    case "sram": "SRAM"
    case "cache": "cache hit"
    case "flash-random": "flash, random 8-byte lines"
    case "flash": line.name.contains("sequential") ? "flash, sequential" : "flash"
    default: line.name
    }
  }

  /// "int8, SMLAD".
  static func short(_ line: ComputeLine) -> String {
    switch line.id {
    case "int8": "int8, SMLAD"
    case "int8-conv": "int8, CMSIS-NN convolution"
    case "int8-fc": "int8, CMSIS-NN FC"
    case "fp32": "fp32, VMUL + VADD"
    case "fp32-fma": "fp32, VFMA"
    default: line.name
    }
  }

  /// Two words of a line's provenance.
  static func provenance(_ provenance: RoofProvenance) -> String {
    switch provenance {
    case .measured: Origin.measured.description
    case .computed(let title):
      title.contains("QMI") || title.contains("transfer formats")
        ? "computed, QMI registers"
        : title.contains("instruction counts") ? "computed, instruction count" : "data sheet"
    }
  }
}
