import Models
import Support

/// Files of the five models in a checkout of mlcommons/tiny, by their names.
struct TinyMLFiles {
  /// Names that mlcommons/tiny uses; `model` may be the folder of a SavedModel.
  static let names: [TinyMLTwin: (model: String, quantized: String, samples: String?)] = [
    .ad: ("ad01.h5", "ad01_int8.tflite", nil),
    .ic: ("pretrainedResnet.h5", "pretrainedResnet_quant.tflite", nil),
    .kws: ("kws_ref_model", "kws_ref_model.tflite", nil),
    .sww: ("str_ww_ref_model.h5", "str_ww_ref_model.tflite", "calibration_samples.npz"),
    .vww: ("vww_96.h5", "vww_96_int8.tflite", nil),
  ]

  private(set) var models: [TinyMLTwin: String] = [:]
  private(set) var quantized: [TinyMLTwin: String] = [:]
  private(set) var samples: [TinyMLTwin: String] = [:]

  /// Folders visited at most, so that a link in a circle or `/` ends.
  private static let mostFolders = 20_000
  private static let deepest = 12

  /// Looks through `folder`; of several files of a name the first in alphabetical order is taken,
  /// those nearest to the top before others.
  init(in folder: String) throws(CommandFailure) {
    guard OutputFiles.isFolder(folder) else {
      throw CommandFailure.usage(
        "'\(folder)' is no folder that can be read",
        remedy: "Name a checkout of github.com/mlcommons/tiny, or use --twins, which needs none.")
    }
    var level = [folder]
    var visited = 0
    for _ in 0..<Self.deepest {
      var next: [String] = []
      for place in level {
        visited += 1
        guard visited <= Self.mostFolders else { return }
        let entries = OutputFiles.names(in: place)
        for name in entries where !name.hasPrefix(".") {
          let path = place + (place.hasSuffix("/") ? "" : "/") + name
          if note(name, path, hasFolder: OutputFiles.isFolder(path)) { next.append(path) }
        }
      }
      if next.isEmpty { return }
      level = next
    }
  }

  /// Keeps a file that is looked for; true for a folder that may hold more.
  private mutating func note(_ name: String, _ path: String, hasFolder: Bool) -> Bool {
    for (twin, wanted) in Self.names {
      if name == wanted.model, models[twin] == nil {
        let isModel = hasFolder ? OutputFiles.names(in: path).contains("saved_model.pb") : true
        if isModel, hasFolder == !wanted.model.contains(".") { models[twin] = path }
      }
      if name == wanted.quantized, !hasFolder, quantized[twin] == nil { quantized[twin] = path }
      if name == wanted.samples, !hasFolder, samples[twin] == nil { samples[twin] = path }
    }
    return hasFolder
  }
}
