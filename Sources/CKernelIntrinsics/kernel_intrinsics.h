// Instructions of the Cortex-M33's DSP extension (Arm v8-M Architecture Reference Manual, chapter
// C2, under each mnemonic); elsewhere the same arithmetic in portable C, so that both give the same
// bits. A word holds two halves of 16 bits with sign, low and high.
#pragma once
#include <stdint.h>

#if defined(__ARM_FEATURE_DSP) && __ARM_FEATURE_DSP
#define KERNEL_HAS_DSP 1
#else
#define KERNEL_HAS_DSP 0
#endif

/// sum + a.low * b.low + a.high * b.high, wrapping.
static inline int32_t kernel_smlad(uint32_t a, uint32_t b, int32_t sum) {
#if KERNEL_HAS_DSP
  return __builtin_arm_smlad((int32_t)a, (int32_t)b, sum);
#else
  int32_t low = (int32_t)(int16_t)a * (int32_t)(int16_t)b;
  int32_t high = (int32_t)(int16_t)(a >> 16) * (int32_t)(int16_t)(b >> 16);
  return (int32_t)((uint32_t)sum + (uint32_t)low + (uint32_t)high);
#endif
}

/// sum + a.low * b.low, wrapping.
static inline int32_t kernel_smlabb(uint32_t a, uint32_t b, int32_t sum) {
#if KERNEL_HAS_DSP
  return __builtin_arm_smlabb((int32_t)a, (int32_t)b, sum);
#else
  return (int32_t)((uint32_t)sum + (uint32_t)((int32_t)(int16_t)a * (int32_t)(int16_t)b));
#endif
}

/// sum + a.high * b.high, wrapping.
static inline int32_t kernel_smlatt(uint32_t a, uint32_t b, int32_t sum) {
#if KERNEL_HAS_DSP
  return __builtin_arm_smlatt((int32_t)a, (int32_t)b, sum);
#else
  return (int32_t)((uint32_t)sum +
                   (uint32_t)((int32_t)(int16_t)(a >> 16) * (int32_t)(int16_t)(b >> 16)));
#endif
}

/// Bytes 0 and 2 of `bytes`, with sign, as halves.
static inline uint32_t kernel_sxtb16(uint32_t bytes) {
#if KERNEL_HAS_DSP
  return (uint32_t)__builtin_arm_sxtb16((int32_t)bytes);
#else
  return (uint16_t)(int8_t)bytes | ((uint32_t)(uint16_t)(int8_t)(bytes >> 16) << 16);
#endif
}

/// Bytes 1 and 3 of `bytes`, with sign, as halves.
static inline uint32_t kernel_sxtb16_ror8(uint32_t bytes) {
#if KERNEL_HAS_DSP
  return (uint32_t)__builtin_arm_sxtb16((int32_t)(bytes >> 8 | bytes << 24));
#else
  return kernel_sxtb16(bytes >> 8);
#endif
}

/// Bytes 0 and 2 of `bytes`, with sign, added to the halves of `halves`, each wrapping.
static inline uint32_t kernel_sxtab16(uint32_t halves, uint32_t bytes) {
#if KERNEL_HAS_DSP
  return (uint32_t)__builtin_arm_sxtab16((int32_t)halves, (int32_t)bytes);
#else
  uint32_t added = kernel_sxtb16(bytes);
  return (uint16_t)(halves + added) | ((halves & 0xffff0000u) + (added & 0xffff0000u));
#endif
}

/// Bytes 1 and 3 of `bytes`, with sign, added to the halves of `halves`, each wrapping.
static inline uint32_t kernel_sxtab16_ror8(uint32_t halves, uint32_t bytes) {
#if KERNEL_HAS_DSP
  return (uint32_t)__builtin_arm_sxtab16((int32_t)halves, (int32_t)(bytes >> 8 | bytes << 24));
#else
  return kernel_sxtab16(halves, bytes >> 8);
#endif
}

/// The low halves of two words, the first lowest.
static inline uint32_t kernel_pack_low(uint32_t first, uint32_t second) {
  return (first & 0xffffu) | second << 16;
}

/// The high halves of two words, the first lowest.
static inline uint32_t kernel_pack_high(uint32_t first, uint32_t second) {
  return first >> 16 | (second & 0xffff0000u);
}

/// The high word of a * b + 2^31, plus `sum`, wrapping.
static inline int32_t kernel_smmlar(int32_t a, int32_t b, int32_t sum) {
#if KERNEL_HAS_DSP
  int32_t result;
  __asm__("smmlar %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
  return result;
#else
  uint64_t product = (uint64_t)((int64_t)a * b) + 0x80000000u;
  return (int32_t)((uint32_t)(product >> 32) + (uint32_t)sum);
#endif
}

/// value / 2^shift with half rounded upwards, plus `added`, wrapping; 1 <= shift <= 31. The shift
/// leaves the last bit it drops in the carry flag, and an addition with carry needs it there.
static inline int32_t kernel_shift_round_add(int32_t value, int32_t shift, int32_t added) {
#if KERNEL_HAS_DSP
  int32_t result;
  __asm__("asrs %0, %1, %2\n\tadc %0, %0, %3"
          : "=&r"(result)
          : "r"(value), "r"(shift), "r"(added)
          : "cc");
  return result;
#else
  uint32_t carry = ((uint32_t)value >> (shift - 1)) & 1;
  return (int32_t)((uint32_t)(value >> shift) + carry + (uint32_t)added);
#endif
}

/// `value` clamped to -128 ... 127.
static inline int32_t kernel_ssat8(int32_t value) {
#if KERNEL_HAS_DSP
  return __builtin_arm_ssat(value, 8);
#else
  return value < -128 ? -128 : value > 127 ? 127 : value;
#endif
}
