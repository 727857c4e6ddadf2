// Loops over blocks of 256 bytes, for code in flash and in SRAM alike. Eight words at a time leave the
// core's own cost of an LDM or STM (one cycle besides one per word) small.
#pragma once
#include "bodies.h"

__attribute__((always_inline)) static inline void read_blocks(const void *from, uint32_t loops) {
  __asm__ volatile("  .p2align 3\n"
                   "1:\n"
                   "  .rept 8\n"
                   "  ldmia %[from]!, {r4-r6, r8-r12}\n"
                   "  .endr\n"
                   "  subs %[loops], #1\n"
                   "  bne 1b\n"
                   : [from] "+l"(from), [loops] "+l"(loops)
                   :
                   : "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "cc", "memory");
}

__attribute__((always_inline)) static inline void copy_blocks(
    void *to, const void *from, uint32_t loops) {
  __asm__ volatile("  .p2align 3\n"
                   "1:\n"
                   "  .rept 8\n"
                   "  ldmia %[from]!, {r4-r6, r8-r12}\n"
                   "  stmia %[to]!, {r4-r6, r8-r12}\n"
                   "  .endr\n"
                   "  subs %[loops], #1\n"
                   "  bne 1b\n"
                   : [to] "+l"(to), [from] "+l"(from), [loops] "+l"(loops)
                   :
                   : "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "cc", "memory");
}
