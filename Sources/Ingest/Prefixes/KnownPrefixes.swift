/// What loggers, terminals and people put in front of lines.
enum KnownPrefixes {
  /// Where several fit, the first in the list is taken off a line; what stays may be another of them.
  static let stamps = all.filter { $0.kind == .stamp }

  /// Whether a line begins with a form that is hardly anything but a prefix.
  static func isLikely(_ line: Span<UInt8>) -> Bool {
    all.contains { $0.kind == .sure && $0.end(in: line, from: 0) != nil }
  }

  static let all: [PrefixForm] = [
    // Terminals, the Arduino IDE, tio, minicom, Tera Term in UTC and local time, the loggers' own stamps.
    .init(.stamp, "a time stamp", "[{time}] -> "),
    .init(.stamp, "a time stamp", "[{datetime}] -> "),
    .init(.stamp, "a time stamp", "[{time}] "),
    .init(.stamp, "a time stamp", "[{datetime}] "),
    .init(.stamp, "a time stamp", "{time} -> "),
    .init(.stamp, "a time stamp", "{datetime} -> "),
    .init(.stamp, "a time stamp", "{datetime} "),
    .init(.stamp, "a time stamp", "[{weekday} {month} {day} {time} {year}] "),

    .init(.sure, "ESP-IDF's logger", "{letter} ({n}) {tag}: "),
    .init(.sure, "ESP-IDF's logger", "{letter} ({time}) {tag}: "),
    .init(.sure, "ESP-IDF's logger", "{letter} ({datetime}) {tag}: "),
    .init(.sure, "the logger of Arduino-ESP32", "[{n}][{letter}][{tag}:{n}] {tag}: "),
    .init(.sure, "Zephyr's logger", "<{level}> {tag}: "),
    .init(.sure, "the logger of Mbed", "[{level}][{tag}]: "),
    .init(.sure, "Renode", "{time} [{level}] {tag}: [{any}] "),
    .init(.sure, "Renode", "{time} [{level}] {tag}: "),
    .init(.sure, "PlatformIO's monitor", "{time} > "),
    .init(.sure, "a time stamp", "{time} | "),
    .init(.sure, "Docklight", "{datetime} [{tag}] - "),
    .init(.sure, "Docklight", "{time} [{tag}] - "),
    .init(.sure, "Docklight", "[{tag}] - "),
    .init(.sure, "Tera Term", "[{n} {time}] "),
    .init(.sure, "the system's log", "{month} {day} {time} {tag} {tag}[{n}]: "),
    .init(.sure, "the system's log", "{tag} {tag}[{n}]: "),
    .init(.sure, "ts", "{month} {day} {time} "),
    .init(.sure, "ts", "{time} "),
    .init(.sure, "ts", "{epoch} "),
    .init(.sure, "a time stamp", "[{epoch}] "),
    .init(.sure, "an RTT viewer", "{n}> "),
    .init(.sure, "grabserial", "[{seconds} {seconds}] "),
    .init(.sure, "a time stamp in seconds", "[{seconds}] "),
    .init(.sure, "the kernel's log", "[{seconds}][{_}{tag}] "),
    .init(.sure, "the kernel's log", "<{n}>[{seconds}] "),
    .init(.sure, "a time stamp in seconds", "[+{seconds}] "),
    .init(.sure, "defmt", "{seconds} {level5} "),
    .init(.sure, "a logger", "[{level}] "),
    .init(.sure, "a logger", "[{level}]: "),
    .init(.sure, "a logger", "<{level}> "),
    .init(.sure, "a logger", "{level}: "),
    .init(.sure, "Python's logger", "{level}:{tag}:"),
    .init(.sure, "a logger", "{level5} "),

    .init(.plain, "the system's log", "{month} {day} {time} {tag} {tag}: "),
    .init(.plain, "the system's log", "{tag} {tag}: "),
    .init(.plain, "a logger", "[{level}] {tag}: "),
    .init(.plain, "a logger", "{level} "),
    .init(.plain, "a logger", "{level}{_}{tag}: "),
    .init(.plain, "ESP-IDF's logger", "{letter} {tag}: "),
    .init(.plain, "Docker", "{tag}{_}| "),
    .init(.plain, "a time stamp in seconds", "{seconds} "),
    .init(.plain, "a time stamp in seconds", "{seconds}: "),
    .init(.plain, "a number", "[{n}] "),
    .init(.plain, "a number", "{n}: "),

    .init(.mark, "a quotation", "> "),
    .init(.mark, "a table", "| "),
    .init(.mark, "a list", "- "),
    .init(.mark, "a list", "* "),

    .init(.wholeLine, "defmt", "└─ {rest}"),
  ]
}
