/// Kernels on random cases: the same on the host and on an emulated Cortex-M33; see
/// Scripts/check-kernels, which compares what they print.
@main
struct Main {
  static func main() {
    var check = Check()
    check.weightedFamilies()
    check.requantizationFamilies()
    check.broadcastFamilies()
    check.poolingFamilies()
    check.unaryFamilies()
    check.movementFamilies()
    check.libraryFamilies()
    Console.write("end\n")
  }
}
