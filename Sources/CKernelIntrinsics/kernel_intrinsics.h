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

/// Two rows of int8 weights times three columns of 16-bit inputs: where the next four of each are,
/// and the sums so far, sum_rc of row r and column c. The columns take turns in pairs of words.
struct kernel_tile {
  const int8_t *_Nonnull row0;
  const int8_t *_Nonnull row1;
  const uint32_t *_Nonnull columns;
  int32_t sum00, sum01, sum02;
  int32_t sum10, sum11, sum12;
};

/// Multiplies four inputs of each column, adds to the sums and moves on: 24 MAC.
///
/// One block of assembly on Arm, because it takes all fourteen registers: a compiler that
/// schedules the instructions one by one spills sums. No loaded word is used by the next
/// instruction, which would wait for it.
static inline void kernel_multiply_tile(struct kernel_tile *_Nonnull tile) {
#if KERNEL_HAS_DSP
  const int8_t *row0 = tile->row0;
  const int8_t *row1 = tile->row1;
  const uint32_t *columns = tile->columns;
  int32_t sum00 = tile->sum00, sum01 = tile->sum01, sum02 = tile->sum02;
  int32_t sum10 = tile->sum10, sum11 = tile->sum11, sum12 = tile->sum12;
  uint32_t even0, even1, odd0, odd1, x;
  __asm__("ldr %[odd0], [%[row0]], #4\n\t"
          "ldr %[odd1], [%[row1]], #4\n\t"
          "ldr %[x], [%[columns]], #24\n\t"
          "sxtb16 %[even0], %[odd0]\n\t"
          "sxtb16 %[even1], %[odd1]\n\t"
          "smlad %[sum00], %[even0], %[x], %[sum00]\n\t"
          "smlad %[sum10], %[even1], %[x], %[sum10]\n\t"
          "ldr %[x], [%[columns], #-16]\n\t"
          "sxtb16 %[odd0], %[odd0], ror #8\n\t"
          "smlad %[sum01], %[even0], %[x], %[sum01]\n\t"
          "smlad %[sum11], %[even1], %[x], %[sum11]\n\t"
          "ldr %[x], [%[columns], #-8]\n\t"
          "sxtb16 %[odd1], %[odd1], ror #8\n\t"
          "smlad %[sum02], %[even0], %[x], %[sum02]\n\t"
          "smlad %[sum12], %[even1], %[x], %[sum12]\n\t"
          "ldr %[x], [%[columns], #-20]\n\t"
          "ldr %[even0], [%[columns], #-12]\n\t"
          "ldr %[even1], [%[columns], #-4]\n\t"
          "smlad %[sum00], %[odd0], %[x], %[sum00]\n\t"
          "smlad %[sum10], %[odd1], %[x], %[sum10]\n\t"
          "smlad %[sum01], %[odd0], %[even0], %[sum01]\n\t"
          "smlad %[sum11], %[odd1], %[even0], %[sum11]\n\t"
          "smlad %[sum02], %[odd0], %[even1], %[sum02]\n\t"
          "smlad %[sum12], %[odd1], %[even1], %[sum12]"
          : [row0] "+r"(row0), [row1] "+r"(row1), [columns] "+r"(columns), [sum00] "+r"(sum00),
            [sum01] "+r"(sum01), [sum02] "+r"(sum02), [sum10] "+r"(sum10), [sum11] "+r"(sum11),
            [sum12] "+r"(sum12), [even0] "=&r"(even0), [even1] "=&r"(even1), [odd0] "=&r"(odd0),
            [odd1] "=&r"(odd1), [x] "=&r"(x)
          :
          : "memory");
  *tile = (struct kernel_tile){row0, row1, columns, sum00, sum01, sum02, sum10, sum11, sum12};
#else
  uint32_t four0, four1;
  __builtin_memcpy(&four0, tile->row0, 4);
  __builtin_memcpy(&four1, tile->row1, 4);
  const uint32_t *columns = tile->columns;
  uint32_t even0 = kernel_sxtb16(four0), odd0 = kernel_sxtb16_ror8(four0);
  uint32_t even1 = kernel_sxtb16(four1), odd1 = kernel_sxtb16_ror8(four1);
  tile->sum00 = kernel_smlad(odd0, columns[1], kernel_smlad(even0, columns[0], tile->sum00));
  tile->sum01 = kernel_smlad(odd0, columns[3], kernel_smlad(even0, columns[2], tile->sum01));
  tile->sum02 = kernel_smlad(odd0, columns[5], kernel_smlad(even0, columns[4], tile->sum02));
  tile->sum10 = kernel_smlad(odd1, columns[1], kernel_smlad(even1, columns[0], tile->sum10));
  tile->sum11 = kernel_smlad(odd1, columns[3], kernel_smlad(even1, columns[2], tile->sum11));
  tile->sum12 = kernel_smlad(odd1, columns[5], kernel_smlad(even1, columns[4], tile->sum12));
  tile->row0 += 4;
  tile->row1 += 4;
  tile->columns += 6;
#endif
}
