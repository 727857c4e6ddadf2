#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A speed of a serial line that the system knows.
public struct BaudRate: Sendable, Equatable {
  /// Bits per second.
  public let bitsPerSecond: Int
  let code: speed_t

  /// What the firmware uses on a UART.
  public static let standard = BaudRate(bitsPerSecond: 115_200, code: speed_t(B115200))

  /// The speed of so many bits per second; nil for one that is not in `all`.
  public init?(_ bitsPerSecond: Int) {
    guard let found = Self.all.first(where: { $0.bitsPerSecond == bitsPerSecond }) else {
      return nil
    }
    self = found
  }

  private init(bitsPerSecond: Int, code: speed_t) {
    self.bitsPerSecond = bitsPerSecond
    self.code = code
  }

  /// All speeds, slowest first (termios(3); 134 stands for 134.5).
  public static let all: [BaudRate] = (posix + faster).map { BaudRate(bitsPerSecond: $0, code: $1) }

  private static let posix: [(Int, speed_t)] = [
    (50, speed_t(B50)), (75, speed_t(B75)), (110, speed_t(B110)), (134, speed_t(B134)),
    (150, speed_t(B150)), (200, speed_t(B200)), (300, speed_t(B300)), (600, speed_t(B600)),
    (1200, speed_t(B1200)), (1800, speed_t(B1800)), (2400, speed_t(B2400)),
    (4800, speed_t(B4800)), (9600, speed_t(B9600)), (19_200, speed_t(B19200)),
    (38_400, speed_t(B38400)), (57_600, speed_t(B57600)), (115_200, speed_t(B115200)),
    (230_400, speed_t(B230400)),
  ]

  #if os(Linux)
  private static let faster: [(Int, speed_t)] = [
    (460_800, speed_t(B460800)), (500_000, speed_t(B500000)), (576_000, speed_t(B576000)),
    (921_600, speed_t(B921600)), (1_000_000, speed_t(B1000000)), (1_152_000, speed_t(B1152000)),
    (1_500_000, speed_t(B1500000)), (2_000_000, speed_t(B2000000)),
    (2_500_000, speed_t(B2500000)), (3_000_000, speed_t(B3000000)),
    (3_500_000, speed_t(B3500000)), (4_000_000, speed_t(B4000000)),
  ]
  #else
  private static let faster: [(Int, speed_t)] = []
  #endif
}
