import TestSupport
import Testing

/// What loggers and terminals put in front of lines, written by hand after their documents.
struct PrintedPrefix: Sendable, CustomTestStringConvertible {
  let name: String
  /// The prefix of the line of that number.
  let of: @Sendable (Int) -> String

  var testDescription: String { name }

  init(_ name: String, _ of: @escaping @Sendable (Int) -> String) {
    (self.name, self.of) = (name, of)
  }

  /// The text with a prefix in front of each line.
  func before(_ text: [UInt8], colours: Bool = false) -> [UInt8] {
    var result: [UInt8] = []
    var isFirst = true
    for (number, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      if !isFirst { result.append(0x0A) }
      isFirst = false
      // The text ends with the end of a line.
      if number > 0, line.isEmpty, result.count >= text.count,
        number == text.count(where: { $0 == 0x0A })
      {
        break
      }
      let prefix = of(number)
      let end = line.last == 0x0D ? "\r" : ""
      let body = end.isEmpty ? line : line.dropLast()
      if colours {
        result += Array("\u{1B}[0;32m\(prefix)".utf8) + body + Array("\u{1B}[0m\(end)".utf8)
      } else {
        result += Array(prefix.utf8) + body + Array(end.utf8)
      }
    }
    return result
  }

  private static func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
  private static func digits(_ n: Int, _ count: Int, _ pad: String = "0") -> String {
    String(repeating: pad, count: max(0, count - "\(n)".count)) + "\(n)"
  }
  private static func clock(_ line: Int) -> String {
    "\(two(10 + line / 3600 % 10)):\(two(line / 60 % 60)):\(two(line % 60))"
  }
  private static func ms(_ line: Int) -> String { digits(line * 37 % 1000, 3) }
  private static func day(_ line: Int) -> String { "2026-11-02" }

  /// Known ones, whose tags and levels vary.
  static let known: [PrintedPrefix] = [
    .init("ESP-IDF") { "\(["I", "W", "E", "D", "V"][$0 % 5]) (\(980 + 17 * $0)) app: " },
    .init("ESP-IDF, clock") { "I (\(clock($0)).\(ms($0))) app_main: " },
    .init("ESP-IDF, versions 5.4 on") { "I (\(980 + 17 * $0)) app(\($0 % 3)): " },
    .init("Arduino-ESP32") { "[\(digits(980 + 17 * $0, 6, " "))][I][main.cpp:42] loop(): " },
    .init("Zephyr") { "[00:00:\(two($0 % 60)).\(ms($0)),\(ms($0 + 3))] <inf> infer: " },
    .init("Zephyr, levels") {
      "[00:00:\(two($0 % 60)).\(ms($0)),733] <\(["inf", "wrn", "err", "dbg"][$0 % 4])> infer: "
    },
    .init("Zephyr, date") {
      "[\(day($0)) \(clock($0)).\(ms($0)),733] <inf> infer: "
    },
    .init("Zephyr, function") {
      "[00:00:\(two($0 % 60)).\(ms($0)),733] <dbg> infer.run_model: "
    },
    .init("Zephyr, stamp alone") { "[00:00:\(two($0 % 60)).\(ms($0)),733] " },
    .init("PlatformIO") { "\(clock($0)).\(ms($0)) > " },
    .init("Arduino IDE") { "\(clock($0)).\(ms($0)) -> " },
    .init("ts") { "Nov 02 \(clock($0)) " },
    .init("ts, padded day") { "Nov  2 \(clock($0)) " },
    .init("ts -s") { "00:\(two($0 / 60 % 60)):\(two($0 % 60)) " },
    .init("ts %.s") { "\(1_762_078_443 + $0).\(ms($0))456 " },
    .init("RTT") { _ in "00> " },
    .init("RTT, padded") { _ in " 0> " },
    .init("RTT, stamp") { "[00:00:\(two($0 % 60)).\(ms($0))] 0> " },
    .init("Tera Term 4") { "[Mon Nov 02 \(clock($0)).\(ms($0)) 2026] " },
    .init("Tera Term 5") { "[\(day($0)) \(clock($0)).\(ms($0))] " },
    .init("Tera Term, UTC") { "[\(day($0)) \(clock($0)).\(ms($0))Z] " },
    .init("Tera Term, elapsed") { "[0 00:\(two($0 / 60 % 60)):\(two($0 % 60)).\(ms($0))] " },
    .init("minicom") { "[\(day($0)) \(clock($0))] " },
    .init("minicom, milliseconds") { "[\(day($0)) \(clock($0)).\(ms($0))] " },
    .init("tio") { "[\(clock($0)).\(ms($0))] " },
    .init("tio, ISO 8601") { "[\(day($0))T\(clock($0)).\(ms($0))] " },
    .init("dmesg") { "[\(digits($0 / 10, 5, " ")).\(ms($0))567] " },
    .init("dmesg, task") { "[\(digits($0 / 10, 5, " ")).\(ms($0))567][   T\(1 + $0 % 4)] " },
    .init("dmesg, level") { "<6>[\(digits($0 / 10, 5, " ")).\(ms($0))567] " },
    .init("Docklight") { "02/11/2026 \(clock($0)).\(ms($0)) [RX] - " },
    .init("HTerm") { "\(clock($0)).\(ms($0)): " },
    .init("grabserial") { "[\($0 / 10).\(ms($0))001 0.\(ms($0 * 7))002] " },
    .init("ISO 8601, zone") { "\(day($0))T\(clock($0)).\(ms($0))+01:00 " },
    .init("ISO 8601, Z") { "\(day($0))T\(clock($0)).\(ms($0))Z " },
    .init("syslog") { "Nov 02 \(clock($0)) host app[123]: " },
    .init("syslog, kernel") { "Nov 02 \(clock($0)) host kernel: " },
    .init("journalctl -o short-iso") { "\(day($0))T\(clock($0))+0100 host app[123]: " },
    .init("Renode") {
      "\(clock($0)).\(ms($0))2 [INFO] uart0: [host: 0.\($0)s (+0.36s)|virt: 0.\($0)s (+0.2s)] "
    },
    .init("Mbed") { "[\(["INFO", "DBG ", "ERR "][$0 % 3])][app]: ".replacing(" ]", with: "]") },
    .init("Python") { "\(day($0)) \(clock($0)),\(ms($0)) INFO app: " },
    .init("Python, root") { _ in "INFO:root:" },
    .init("defmt") { "\($0 / 10).\(ms($0))234 INFO  " },
    .init("defmt, no time") { _ in "INFO  " },
    .init("docker compose") { _ in "board-1  | " },
    .init("quotation") { _ in "> " },
    .init("list") { _ in "- " },
    .init("bar") { _ in "| " },
    .init("indent") { _ in "    " },
    .init("grabserial around ESP-IDF") {
      "[\($0 / 10).\(ms($0))001 0.\(ms($0 * 7))002] I (\(980 + 17 * $0)) app: "
    },
    .init("ts around Zephyr") {
      "Nov 02 \(clock($0)) [00:00:\(two($0 % 60)).\(ms($0)),733] <inf> infer: "
    },
    .init("a frame counter") { "[\($0)] " },
    .init("COM port") { "COM7 \(clock($0)).\(ms($0)): " },
  ]

  /// One that nobody prints: words, numbers that change, hexadecimal ones, brackets.
  static func learned(seed: UInt64) -> PrintedPrefix {
    var random = SplitMix(seed)
    let words = ["board", "uart", "node", "rx", "cm33", "log", "task/main", "dev_2", "Ω"]
    let ends = [": ", "] ", " | ", " - ", "> ", " => ", " ", "\t", ":", "; "]
    var pieces: [@Sendable (Int) -> String] = []
    let count = 1 + random.below(4)
    let end = ends[random.below(ends.count)]
    for _ in 0..<count {
      let word = words[random.below(words.count)]
      switch random.below(5) {
      case 0: pieces.append { _ in word }
      case 1: pieces.append { "\(word)=\(1000 + $0 * 3)" }
      case 2: pieces.append { "(\($0 / 7).\($0 % 10))" }
      case 3: pieces.append { "0x3ffb" + digits($0 % 9973, 4) }
      default: pieces.append { "#\(digits($0, 5, " "))" }
      }
    }
    let between = [" ", ":", "/", " "][random.below(4)]
    let made = pieces
    return .init("learned \(seed): \(made.map { $0(12) }.joined(separator: between) + end)") {
      line in
      made.map { $0(line) }.joined(separator: between) + end
    }
  }
}
