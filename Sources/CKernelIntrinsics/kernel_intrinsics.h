// Instructions of the Cortex-M33's DSP extension (Arm v8-M Architecture Reference Manual, "SMLAD",
// "SXTB16"); elsewhere the same arithmetic in portable C, so that both paths give the same bits.
#pragma once
#include <stdint.h>

#if defined(__ARM_FEATURE_DSP) && __ARM_FEATURE_DSP
#define KERNEL_HAS_DSP 1
#else
#define KERNEL_HAS_DSP 0
#endif

/// sum + a.low * b.low + a.high * b.high, halves with sign.
static inline int32_t kernel_smlad(uint32_t a, uint32_t b, int32_t sum) {
#if KERNEL_HAS_DSP
  int32_t result;
  __asm__("smlad %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
  return result;
#else
  int32_t low = (int32_t)(int16_t)a * (int32_t)(int16_t)b;
  int32_t high = (int32_t)(int16_t)(a >> 16) * (int32_t)(int16_t)(b >> 16);
  return (int32_t)((uint32_t)sum + (uint32_t)low + (uint32_t)high);
#endif
}
