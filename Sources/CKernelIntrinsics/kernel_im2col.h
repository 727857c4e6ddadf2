// im2col and packing: how inputs and weights become the words of a `kernel_mat_mult`, widened to 16
// bits, four columns or two rows at once.
#pragma once
#include "kernel_intrinsics.h"

/// Widens `groups` (not 0) x 4 inputs of each of four columns, `step` bytes apart, with the halves
/// of `offsets` added, to the words of a panel of four columns; gives the end of those.
static inline uint32_t *_Nonnull kernel_widen_columns(
    const int8_t *_Nonnull input, int32_t step, int32_t groups, uint32_t offsets,
    uint32_t *_Nonnull words) {
#if KERNEL_HAS_DSP
  const int8_t *input2 = input + 2 * step;
  uint32_t x0, x1, x2, x3, e0, e1;
  __asm__ volatile(
      "1:\n\t"
      "ldr %[x1], [%[input], %[step]]\n\t"
      "ldr %[x3], [%[input2], %[step]]\n\t"
      "ldr %[x0], [%[input]], #4\n\t"
      "ldr %[x2], [%[input2]], #4\n\t"
      "sxtab16 %[e1], %[offsets], %[x1]\n\t"
      "sxtab16 %[x1], %[offsets], %[x1], ror #8\n\t"
      "sxtab16 %[e0], %[offsets], %[x0]\n\t"
      "sxtab16 %[x0], %[offsets], %[x0], ror #8\n\t"
      "strd %[e0], %[e1], [%[words]]\n\t"
      "sxtab16 %[e0], %[offsets], %[x2]\n\t"
      "sxtab16 %[x2], %[offsets], %[x2], ror #8\n\t"
      "sxtab16 %[e1], %[offsets], %[x3]\n\t"
      "sxtab16 %[x3], %[offsets], %[x3], ror #8\n\t"
      "strd %[e0], %[e1], [%[words], #8]\n\t"
      "strd %[x0], %[x1], [%[words], #16]\n\t"
      "strd %[x2], %[x3], [%[words], #24]\n\t"
      "add %[words], %[words], #32\n\t"
      "subs %[groups], %[groups], #1\n\t"
      "bne 1b"
      : [input] "+r"(input), [input2] "+r"(input2), [words] "+r"(words), [groups] "+r"(groups),
        [x0] "=&r"(x0), [x1] "=&r"(x1), [x2] "=&r"(x2), [x3] "=&r"(x3), [e0] "=&r"(e0),
        [e1] "=&r"(e1)
      : [step] "r"(step), [offsets] "r"(offsets)
      : "cc", "memory");
#else
  for (; groups > 0; groups--, input += 4, words += 8) {
    for (int column = 0; column < 4; column++) {
      uint32_t four;
      __builtin_memcpy(&four, input + column * step, 4);
      words[column] = kernel_sxtab16(offsets, four);
      words[column + 4] = kernel_sxtab16_ror8(offsets, four);
    }
  }
#endif
  return words;
}

/// Widens `groups` x 4 inputs of one column, as `kernel_widen_columns` does four.
static inline uint32_t *_Nonnull kernel_widen_column(
    const int8_t *_Nonnull input, int32_t groups, uint32_t offsets, uint32_t *_Nonnull words) {
#if KERNEL_HAS_DSP
  uint32_t x0, x1, e0, e1;
  if (groups & 1) {
    __builtin_memcpy(&x0, input, 4);
    words[0] = kernel_sxtab16(offsets, x0);
    words[4] = kernel_sxtab16_ror8(offsets, x0);
    words += 8;
    input += 4;
  }
  const uint32_t *end = words + 8 * (groups & ~1);
  if (words == end) return words;
  __asm__ volatile(
      "1:\n\t"
      "ldr %[x0], [%[input]], #4\n\t"
      "ldr %[x1], [%[input]], #4\n\t"
      "sxtab16 %[e0], %[offsets], %[x0]\n\t"
      "sxtab16 %[x0], %[offsets], %[x0], ror #8\n\t"
      "sxtab16 %[e1], %[offsets], %[x1]\n\t"
      "sxtab16 %[x1], %[offsets], %[x1], ror #8\n\t"
      "str %[e0], [%[words]], #16\n\t"
      "str %[x0], [%[words]], #16\n\t"
      "str %[e1], [%[words]], #16\n\t"
      "str %[x1], [%[words]], #16\n\t"
      "cmp %[words], %[end]\n\t"
      "bne 1b"
      : [input] "+r"(input), [words] "+r"(words), [x0] "=&r"(x0), [x1] "=&r"(x1), [e0] "=&r"(e0),
        [e1] "=&r"(e1)
      : [end] "r"(end), [offsets] "r"(offsets)
      : "cc", "memory");
#else
  for (; groups > 0; groups--, input += 4, words += 8) {
    uint32_t four;
    __builtin_memcpy(&four, input, 4);
    words[0] = kernel_sxtab16(offsets, four);
    words[4] = kernel_sxtab16_ror8(offsets, four);
  }
#endif
  return words;
}

/// Three inputs of one column `step` bytes apart, with the halves of `offsets` added, as a group of
/// its own; what stands for the fourth meets weights of 0.
static inline void kernel_fold_column(
    const int8_t *_Nonnull input, int32_t step, uint32_t offsets, uint32_t *_Nonnull words) {
  uint32_t first = (uint8_t)input[0], second = (uint8_t)input[step];
  uint32_t third = (uint8_t)input[2 * step];
  words[0] = kernel_sxtab16(offsets, first | third << 16);
  words[4] = kernel_sxtab16(offsets, second);
}

/// Copies `rows` runs of `size` (not 0) bytes, `step` apart, one behind the other, by whole words: up
/// to three bytes behind each run are read, and behind the last written too.
static inline void kernel_copy_runs(
    const int8_t *_Nonnull source, int32_t step, int32_t rows, int32_t size,
    int8_t *_Nonnull target) {
  if (size > 8 && size <= 12) {
    // Three taps of three channels.
    for (; rows > 0; rows--, source += step, target += size) {
      uint32_t words[3];
      __builtin_memcpy(words, source, 12);
      __builtin_memcpy(target, words, 12);
    }
    return;
  }
  for (; rows > 0; rows--, source += step, target += size)
    for (int32_t place = 0; place < size; place += 4)
      __builtin_memcpy(target + place, source + place, 4);
}

/// Widens `groups` x 4 weights of two rows to the words of a pair; gives the end of those.
static inline uint32_t *_Nonnull kernel_widen_rows(
    const int8_t *_Nonnull row0, const int8_t *_Nonnull row1, int32_t groups,
    uint32_t *_Nonnull words) {
#if KERNEL_HAS_DSP
  uint32_t even0, even1, odd0, odd1;
  if (groups <= 0) return words;
  __asm__ volatile(
      "1:\n\t"
      "ldr %[odd0], [%[row0]], #4\n\t"
      "ldr %[odd1], [%[row1]], #4\n\t"
      "subs %[groups], %[groups], #1\n\t"
      "sxtb16 %[even0], %[odd0]\n\t"
      "sxtb16 %[even1], %[odd1]\n\t"
      "sxtb16 %[odd0], %[odd0], ror #8\n\t"
      "sxtb16 %[odd1], %[odd1], ror #8\n\t"
      "strd %[even0], %[even1], [%[words]], #16\n\t"
      "strd %[odd0], %[odd1], [%[words], #-8]\n\t"
      "bne 1b"
      : [row0] "+r"(row0), [row1] "+r"(row1), [groups] "+r"(groups), [words] "+r"(words),
        [even0] "=&r"(even0), [even1] "=&r"(even1), [odd0] "=&r"(odd0), [odd1] "=&r"(odd1)
      :
      : "cc", "memory");
#else
  for (; groups > 0; groups--, row0 += 4, row1 += 4, words += 4) {
    uint32_t four0, four1;
    __builtin_memcpy(&four0, row0, 4);
    __builtin_memcpy(&four1, row1, 4);
    words[0] = kernel_sxtb16(four0);
    words[1] = kernel_sxtb16(four1);
    words[2] = kernel_sxtb16_ror8(four0);
    words[3] = kernel_sxtb16_ror8(four1);
  }
#endif
  return words;
}
