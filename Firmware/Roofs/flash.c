// What flash delivers at most.
#include "blocks.h"

IN_SRAM(roof_flash_read) void roof_flash_read(const struct roof_work *work) {
  read_blocks(work->from, work->loops);
}

IN_SRAM(roof_flash_copy) void roof_flash_copy(const struct roof_work *work) {
  copy_blocks(work->to, work->from, work->loops);
}

/// The order is that of a linear congruential generator modulo the number of lines, a power of two. Its
/// increment is odd and its multiplier 1 modulo 4, so it comes to each line once (Hull and Dobell,
/// "Random Number Generators", SIAM Review 4, 1962). Four instructions per line, few beside a line's
/// way from flash.
IN_SRAM(roof_flash_random) void roof_flash_random(const struct roof_work *work) {
  uint32_t loops = work->loops, line = 0, address;
  uint32_t mask = work->lines - 1, multiplier = 1664525, increment = 1013904223;
  __asm__ volatile("  .p2align 3\n"
                   "1:\n"
                   "  .rept 32\n"
                   "  mla %[line], %[line], %[multiplier], %[increment]\n"
                   "  and %[line], %[line], %[mask]\n"
                   "  add %[address], %[from], %[line], lsl #3\n"
                   "  ldrd r4, r5, [%[address]]\n"
                   "  .endr\n"
                   "  subs %[loops], #1\n"
                   "  bne 1b\n"
                   : [line] "+r"(line), [address] "=&r"(address), [loops] "+l"(loops)
                   : [from] "r"(work->from), [mask] "r"(mask), [multiplier] "r"(multiplier),
                     [increment] "r"(increment)
                   : "r4", "r5", "cc", "memory");
}
