# Prints a log of the TFLM profiling application that does not end soon: blocks of KWS, int8, in the
# same order of the same numbers every time.
#
#   awk -v bytes=50000000 -f long-log.awk       ends with the block that passes so many bytes
#
# Ticks are those of a plausible run, each with up to 0.4 % of noise by a generator of S. K. Park and
# K. W. Miller, "Random Number Generators: Good Ones Are Hard to Find", CACM 31 (1988): below 2^46,
# exact in awk's numbers.

function noise(most) {
  state = state * 16807 % 2147483647
  return state % (most + 1)
}
function add(text) { block = block text "\n" }

BEGIN {
  state = 1
  kinds = split("CONV_2D DEPTHWISE_CONV_2D CONV_2D DEPTHWISE_CONV_2D CONV_2D DEPTHWISE_CONV_2D CONV_2D " \
    "DEPTHWISE_CONV_2D CONV_2D AVERAGE_POOL_2D RESHAPE FULLY_CONNECTED SOFTMAX", kind, " ")
  split("9210 4950 8870 4950 8870 4950 8870 4950 8870 430 5 25 40", ticks, " ")
  add("RP2350 CPU Clock Frequency: 150000000 Hz")
  add("RP2350 ticks per second: 1000000")
  inferences = 10
  for (number = 0; length_of_all < bytes; number++) {
    # The LED handler prints a number in every inference, the profiler once in so many.
    for (i = 1; i <= inferences; i++) add(number % 2 ? i : -i)
    lines = ""
    sum = 0
    for (i = 1; i <= kinds; i++) {
      took = ticks[i] + noise(int(ticks[i] / 250))
      sum += took
      lines = lines sprintf("%s took %d ticks (%d ms).\n", kind[i], took, int(took / 1000))
    }
    add("profile_count: " inferences)
    add(sprintf("invoke_time: %d (usec)", sum + noise(20)))
    printf "%s%s", block, lines
    length_of_all += length(block) + length(lines)
    block = ""
  }
}
