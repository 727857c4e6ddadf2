/// Runs families of random cases and prints what they gave: after some cases each, so that a
/// difference has a place, the CRC-32 of all results so far.
struct Check {
  var operands: Operands
  private(set) var digest = CRC32()
  private var name: StaticString = ""
  private var number: Int32 = 0

  init() { operands = Operands(random: Random(0), memory: Memory(bytes: 1 << 20)) }

  /// Every family has a seed of its own, so that none changes with another.
  mutating func family(
    _ name: StaticString, seed: UInt32, cases: Int32, _ run: (inout Check) -> Void
  ) {
    operands.random = Random(seed)
    digest = CRC32()
    self.name = name
    number = 0
    while number < cases {
      number += 1
      operands.memory.clear()
      run(&self)
      if !operands.memory.isSound { line("touched", 0) }
      if number % 50 == 0 || number == cases { line("crc", digest.value) }
    }
  }

  /// Takes results as they are.
  mutating func take(_ results: UnsafeMutablePointer<Int8>, _ count: Int32) {
    for index in 0..<Int(count) { digest.add(UInt8(bitPattern: results[index])) }
  }

  /// Takes results as they are, but that all NaN are one: which of them an operation gives is the
  /// processor's choice (IEEE 754-2019, 6.2.3).
  mutating func take(_ results: UnsafeMutablePointer<Float>, _ count: Int32) {
    for index in 0..<Int(count) {
      digest.add(results[index].isNaN ? 0x7fc0_0000 : results[index].bitPattern)
    }
  }

  /// Takes one number.
  mutating func take(_ number: Int32) { digest.add(UInt32(bitPattern: number)) }

  /// Prints results of -1 ... 1 in units of 10^-9: the C library's functions, by which they are
  /// made, differ in their last bits.
  func show(_ results: UnsafeMutablePointer<Float>, _ count: Int32) {
    for index in 0..<Int(count) {
      Console.write("near\t")
      Console.write(name)
      Console.write("\t")
      Console.write(number)
      Console.write(".")
      Console.write(Int32(index))
      Console.write("\t")
      Console.write(Int32((Double(results[index]) * 1e9).rounded()))
      Console.write("\n")
    }
  }

  private func line(_ word: StaticString, _ value: UInt32) {
    Console.write(word)
    Console.write("\t")
    Console.write(name)
    Console.write("\t")
    Console.write(number)
    Console.write("\t")
    Console.write(hexadecimal: value)
    Console.write("\n")
  }
}
