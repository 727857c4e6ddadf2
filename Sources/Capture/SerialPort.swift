import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// An open serial port: raw bytes, 8N1, no flow control; never blocks.
final class SerialPort {
  let descriptor: Int32

  /// Opens the port and sets its speed.
  init(path: String, baud: BaudRate) throws(Diagnostic) {
    // Non-blocking: opening must not wait for a modem's carrier. No controlling terminal: ctrl-C on
    // the line is a byte.
    let descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, opening: errno) }
    do throws(Diagnostic) {
      try Self.claim(descriptor, path)
      try Self.configure(descriptor, path, baud)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  deinit {
    _ = ioctl(descriptor, UInt(TIOCNXCL))
    close(descriptor)
  }

  /// Two programs that read one port get a part each; so others are kept out: those that ask
  /// (flock(2), as pyserial, picocom and minicom do), and later ones (TIOCEXCL).
  private static func claim(_ descriptor: Int32, _ path: String) throws(Diagnostic) {
    guard isatty(descriptor) == 1 else { throw notATerminal(path) }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK { throw inUse(path) }
    _ = ioctl(descriptor, UInt(TIOCEXCL))
  }

  private static func configure(
    _ descriptor: Int32, _ path: String, _ baud: BaudRate
  ) throws(Diagnostic) {
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else { throw failure(path, configuring: errno) }
    cfmakeraw(&settings)
    settings.c_iflag &= ~tcflag_t(IXON | IXOFF | IXANY | INPCK)
    settings.c_iflag |= tcflag_t(IGNBRK)
    settings.c_cflag &= ~(tcflag_t(CSIZE) | tcflag_t(PARENB) | tcflag_t(CSTOPB))
    settings.c_cflag &= ~tcflag_t(CRTSCTS)
    settings.c_cflag |= tcflag_t(CS8) | tcflag_t(CREAD) | tcflag_t(CLOCAL)
    withUnsafeMutableBytes(of: &settings.c_cc) { characters in
      // Bounds: c_cc has NCCS entries of a byte; VMIN and VTIME are indices of it (POSIX termios.h).
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
    cfsetispeed(&settings, baud.code)
    cfsetospeed(&settings, baud.code)
    // No flush: what came before belongs to the log.
    guard tcsetattr(descriptor, TCSANOW, &settings) == 0 else {
      throw failure(path, configuring: errno)
    }
    // tcsetattr succeeds when any of the settings could be made (POSIX).
    var taken = termios()
    guard tcgetattr(descriptor, &taken) == 0 else { throw failure(path, configuring: errno) }
    guard cfgetospeed(&taken) == baud.code else {
      throw CaptureRule.usage.broken(
        "the port '\(path)' does not do \(baud.bitsPerSecond) baud",
        remedy: "Name the speed of the board's console with --baud.")
    }
  }

  static func failure(_ path: String, opening number: Int32) -> Diagnostic {
    switch number {
    case EACCES, EPERM:
      CaptureRule.system.broken(
        "the port '\(path)' cannot be opened: permission denied",
        remedy: permissionRemedy)
    case EBUSY: inUse(path)
    case EISDIR, ENOTDIR: notATerminal(path)
    case ENOENT, ENXIO, ENODEV, EIO, EAGAIN:
      CaptureRule.absent.broken(
        "the port '\(path)' cannot be opened: \(words(ofError: number))",
        remedy: "Connect the board.")
    default:
      CaptureRule.system.broken(
        "the port '\(path)' cannot be opened: \(words(ofError: number))",
        remedy: "Check its name and permissions.")
    }
  }

  #if os(Linux)
  private static let permissionRemedy =
    "Serial ports belong to a group, mostly dialout or uucp ('ls -l' shows it): add yourself, "
    + "sudo usermod -aG dialout $USER, and log in again."
  #else
  private static let permissionRemedy = "Check the permissions of the device."
  #endif

  private static func failure(_ path: String, configuring number: Int32) -> Diagnostic {
    // A device that disappears between two calls.
    let isGone = number == EIO || number == ENXIO || number == ENODEV
    return (isGone ? CaptureRule.absent : .system).broken(
      "the port '\(path)' cannot be set up: \(words(ofError: number))",
      remedy: "Unplug the board and connect it again.")
  }

  private static func notATerminal(_ path: String) -> Diagnostic {
    CaptureRule.usage.broken(
      "'\(path)' is no serial port",
      remedy: "Name a port such as /dev/ttyACM0, or leave it out to see which there are.")
  }

  private static func inUse(_ path: String) -> Diagnostic {
    CaptureRule.system.broken(
      "another program uses the port '\(path)'",
      remedy: "Close it: what one of them reads, the other does not get.")
  }
}
