// What SRAM delivers and takes at most, to code that is run from elsewhere.
#include "blocks.h"

void roof_read(const struct roof_work *work) { read_blocks(work->from, work->loops); }

void roof_copy(const struct roof_work *work) { copy_blocks(work->to, work->from, work->loops); }

/// Loads of single words, which the core can overlap where an LDM adds a cycle.
void roof_read_single(const struct roof_work *work) {
  const void *from = work->from;
  uint32_t loops = work->loops;
  __asm__ volatile("  .p2align 3\n"
                   "1:\n"
                   "  .rept 2\n"
                   "  .set offset, 0\n"
                   "  .rept 8\n"
                   "  ldr r3, [%[from], #offset]\n"
                   "  ldr r4, [%[from], #offset + 4]\n"
                   "  ldr r5, [%[from], #offset + 8]\n"
                   "  ldr r6, [%[from], #offset + 12]\n"
                   "  .set offset, offset + 16\n"
                   "  .endr\n"
                   "  adds %[from], #128\n"
                   "  .endr\n"
                   "  subs %[loops], #1\n"
                   "  bne 1b\n"
                   : [from] "+l"(from), [loops] "+l"(loops)
                   :
                   : "r3", "r4", "r5", "r6", "cc", "memory");
}

void roof_write(const struct roof_work *work) {
  void *to = work->to;
  uint32_t loops = work->loops;
  __asm__ volatile("  .p2align 3\n"
                   "1:\n"
                   "  .rept 8\n"
                   "  stmia %[to]!, {r4-r6, r8-r12}\n"
                   "  .endr\n"
                   "  subs %[loops], #1\n"
                   "  bne 1b\n"
                   : [to] "+l"(to), [loops] "+l"(loops)
                   :
                   : "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "cc", "memory");
}
