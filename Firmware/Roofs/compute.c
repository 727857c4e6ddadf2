// What the core computes at most, with code in SRAM. Long unrolled loops of independent chains, operands
// in registers: neither memory nor latency nor the branch (about 3 cycles) has a share worth speaking of.
#include "bodies.h"

IN_SRAM(roof_nothing) void roof_nothing(const struct roof_work *work) { (void)work; }

/// An empty counted loop: what is left of the others when their work is taken away.
IN_SRAM(roof_loop) void roof_loop(const struct roof_work *work) {
  uint32_t loops = work->loops;
  __asm__ volatile("  .p2align 3\n"
                   "1:\n"
                   "  subs %[loops], #1\n"
                   "  bne 1b\n"
                   : [loops] "+l"(loops)
                   :
                   : "cc");
}

/// SMLAD: two MACs of 16-bit halves in one instruction, on eight accumulators.
IN_SRAM(roof_smlad) void roof_smlad(const struct roof_work *work) {
  uint32_t loops = work->loops;
  uint32_t a = 0x00020001, b = 0x00010003, s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0,
           s7 = 0;
  __asm__ volatile("  .p2align 3\n"
                   "1:\n"
                   "  .rept 16\n"
                   "  smlad %[s0], %[a], %[b], %[s0]\n"
                   "  smlad %[s1], %[a], %[b], %[s1]\n"
                   "  smlad %[s2], %[a], %[b], %[s2]\n"
                   "  smlad %[s3], %[a], %[b], %[s3]\n"
                   "  smlad %[s4], %[a], %[b], %[s4]\n"
                   "  smlad %[s5], %[a], %[b], %[s5]\n"
                   "  smlad %[s6], %[a], %[b], %[s6]\n"
                   "  smlad %[s7], %[a], %[b], %[s7]\n"
                   "  .endr\n"
                   "  subs %[loops], #1\n"
                   "  bne 1b\n"
                   : [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [s4] "+r"(s4),
                     [s5] "+r"(s5), [s6] "+r"(s6), [s7] "+r"(s7), [loops] "+l"(loops)
                   : [a] "r"(a), [b] "r"(b)
                   : "cc");
}

#define FP_REGISTERS                                                                               \
  "s0", "s1", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18", "s19",    \
      "s20", "s21", "s22", "s23"

/// s0 and s1 the operands, s8 to s15 the sums, s16 to s23 the products. Ordinary numbers throughout.
#define FP_START                                                                                   \
  "  vmov.f32 s0, #1.0\n"                                                                          \
  "  vmov.f32 s1, #0.5\n"                                                                          \
  "  .irp n, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23\n"                       \
  "  vmov.f32 s\\n, #1.0\n"                                                                        \
  "  .endr\n"

/// VMUL and VADD, each product added four multiplications after it was made.
IN_SRAM(roof_vmul_vadd) void roof_vmul_vadd(const struct roof_work *work) {
  uint32_t loops = work->loops;
  __asm__ volatile(FP_START "  .p2align 3\n"
                            "1:\n"
                            "  .rept 8\n"
                            "  vmul.f32 s16, s0, s1\n"
                            "  vadd.f32 s12, s12, s20\n"
                            "  vmul.f32 s17, s0, s1\n"
                            "  vadd.f32 s13, s13, s21\n"
                            "  vmul.f32 s18, s0, s1\n"
                            "  vadd.f32 s14, s14, s22\n"
                            "  vmul.f32 s19, s0, s1\n"
                            "  vadd.f32 s15, s15, s23\n"
                            "  vmul.f32 s20, s0, s1\n"
                            "  vadd.f32 s8, s8, s16\n"
                            "  vmul.f32 s21, s0, s1\n"
                            "  vadd.f32 s9, s9, s17\n"
                            "  vmul.f32 s22, s0, s1\n"
                            "  vadd.f32 s10, s10, s18\n"
                            "  vmul.f32 s23, s0, s1\n"
                            "  vadd.f32 s11, s11, s19\n"
                            "  .endr\n"
                            "  subs %[loops], #1\n"
                            "  bne 1b\n"
                   : [loops] "+l"(loops)
                   :
                   : FP_REGISTERS, "cc");
}

#define FUSED_LOOP(operation)                                                                      \
  FP_START                                                                                         \
  "  .p2align 3\n"                                                                                 \
  "1:\n"                                                                                           \
  "  .rept 16\n"                                                                                   \
  "  .irp n, 8, 9, 10, 11, 12, 13, 14, 15\n"                                                       \
  "  " operation " s\\n, s0, s1\n"                                                                 \
  "  .endr\n"                                                                                      \
  "  .endr\n"                                                                                      \
  "  subs %[loops], #1\n"                                                                          \
  "  bne 1b\n"

/// Fused: one rounding.
IN_SRAM(roof_vfma) void roof_vfma(const struct roof_work *work) {
  uint32_t loops = work->loops;
  __asm__ volatile(FUSED_LOOP("vfma.f32") : [loops] "+l"(loops) : : FP_REGISTERS, "cc");
}

/// Chained: rounded twice, like VMUL and VADD.
IN_SRAM(roof_vmla) void roof_vmla(const struct roof_work *work) {
  uint32_t loops = work->loops;
  __asm__ volatile(FUSED_LOOP("vmla.f32") : [loops] "+l"(loops) : : FP_REGISTERS, "cc");
}
