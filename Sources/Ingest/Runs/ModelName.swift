/// The short model ids used everywhere, and the longer names that logs and files use for them.
public enum ModelName {
  /// Ids of the MLPerf Tiny models.
  public static let tinyML = ["ad", "ic", "kws", "sww", "vww"]

  /// A model's id as sentences write it: the MLPerf Tiny models' in capitals.
  public static func words(_ id: String) -> String {
    tinyML.contains(id) ? id.uppercased() : id
  }

  private static let synonyms: [String: String] = [
    "ad01": "ad", "anomaly_detection": "ad", "toycar": "ad", "ad01_int8": "ad", "ad01_fp32": "ad",
    "ic01": "ic", "image_classification": "ic", "resnet": "ic", "pretrainedresnet": "ic",
    "pretrainedresnet_quant": "ic", "imgc": "ic",
    "kws01": "kws", "keyword_spotting": "kws", "kws_ref_model": "kws",
    "sww01": "sww", "streaming_wakeword": "sww", "str_ww_ref_model": "sww", "strww": "sww",
    "vww01": "vww", "visual_wake_words": "vww", "vww_96": "vww", "vww_96_int8": "vww",
    "vww_96_float": "vww",
    "pdti8": "person_detect", "person_detection": "person_detect",
  ]

  /// The id for `name`; the name itself, in lower case, where none is known.
  public static func canonical(_ name: String) -> String {
    let lower = name.lowercased()
    return synonyms[lower] ?? lower
  }

  /// The id of a CNN whose name is the original's, `cnn4224000`: its MAC count takes 22 x 30 positions
  /// where there are 24 x 32, so 1,056,000 for each CONV_2D in place of 1,228,800.
  private static func ofOriginalCNN(_ token: String) -> String? {
    guard token.hasPrefix("cnn"), let stated = Int(token.dropFirst(3)) else { return nil }
    let perLayer = 8 * 8 * 5 * 5 * 22 * 30
    guard stated > 0, stated % perLayer == 0, stated / perLayer <= 1024 else { return nil }
    let layers = stated / perLayer
    return "cnn_l\(layers)_c8_k5_m\(layers * 8 * 8 * 5 * 5 * 24 * 32)"
  }

  /// The id that one token of a file name stands for; nil when it names no known model.
  public static func inFileName(_ token: String) -> String? {
    let lower = token.lowercased()
    if tinyML.contains(lower) || lower == "proprietary" { return lower }
    if let id = ofOriginalCNN(lower) { return id }
    return synonyms[lower]
  }
}
