import Core
import Support

/// What the name of a file, and of the folders it lies in, says about its runs.
///
/// Folders count for board, clock, runtime and model, as in a checkout of published results
/// (`NUCLEO_U575ZI_Q_60MHz/sww/energy/results.txt`); dtype and placement only in the file's own name
/// (`rp2350plus_ad_int8_flash.txt`).
enum FileNameConfiguration {
  /// Key and canonical text for everything the path says.
  static func read(path: String) -> [(ConfigurationKey, String)] {
    let components = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).suffix(5).map(
      String.init)
    guard let file = components.last else { return [] }
    var found: [(ConfigurationKey, String)] = []

    for component in components.reversed() {
      // The name of this project, as in the folder of a checkout, holds a board's name by chance.
      guard !Board.squeezed(component).contains("pico2benchmark") else { continue }
      if let board = Board.inFileName(component) {
        found.append((.board, board.id))
        found.append((.mcu, board.mcu))
        break
      }
    }
    for component in components.reversed() {
      if let clock = clock(in: component) {
        found.append((.clock, clock))
        break
      }
    }
    let fileTokens = tokens(of: stem(of: file))
    if let model = model(in: fileTokens) {
      found.append((.model, model))
    } else if let model = components.dropLast().reversed().lazy.compactMap({
      ModelName.inFileName($0)
    }).first {
      found.append((.model, model))
    }
    for token in fileTokens {
      let word = ConfigurationKey.synonyms[token] ?? token
      if let dtype = Dtype(word), [.int8, .fp32].contains(dtype) {
        append(&found, .dtype, word)
      } else if let place = WeightsPlace(word), [.flash, .sram].contains(place) {
        append(&found, .weights, word)
      }
    }
    return found
  }

  private static func append(
    _ found: inout [(ConfigurationKey, String)], _ key: ConfigurationKey, _ text: String
  ) {
    if !found.contains(where: { $0.0 == key }) { found.append((key, text)) }
  }

  /// The name without its last extension, and without `.gz` and the like.
  static func stem(of file: String) -> String {
    var name = Packing.withoutEnding(Substring(file))
    if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = name[..<dot] }
    return String(name)
  }

  private static func tokens(of stem: String) -> [String] {
    stem.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
  }

  /// `ad`, or the parts of a generated model's name: `cnn_l4_c8_k5_m4915200`.
  private static func model(in tokens: [String]) -> String? {
    for (i, token) in tokens.enumerated() where token == "cnn" || token == "fc" {
      let parts = tokens[(i + 1)...].prefix {
        $0.count > 1 && "lckwpm".contains($0.prefix(1)) && $0.dropFirst().allSatisfy(\.isNumber)
      }
      if !parts.isEmpty { return ([token] + parts).joined(separator: "_") }
    }
    return tokens.lazy.compactMap { ModelName.inFileName($0) }.first
  }

  /// `60MHz` anywhere in the component, as Hz.
  private static func clock(in component: String) -> String? {
    let lower = component.lowercased()
    guard let unit = lower.range(ofLast: "mhz") else { return nil }
    let digits = lower[..<unit].reversed().prefix { $0.isNumber || $0 == "." }.reversed()
    return try? ConfigurationKey.clock.canonical(String(digits) + "MHz")
  }
}

extension String {
  /// Start of the last occurrence of `word`.
  fileprivate func range(ofLast word: String) -> String.Index? {
    guard count >= word.count else { return nil }
    var i = index(endIndex, offsetBy: -word.count)
    while true {
      if self[i...].hasPrefix(word) { return i }
      if i == startIndex { return nil }
      i = index(before: i)
    }
  }
}
