// How inputs and weights become the words of a `kernel_depthwise_3x3`: four channels at once,
// neighbours in one word.
#pragma once
#include <stdbool.h>
#include "kernel_intrinsics.h"

/// Four channels of `pairs` (not 0) pairs of pixels that are `step` bytes apart, with the halves of
/// `offsets` added, to a line of one channel; gives where the next words go.
static inline uint32_t *_Nonnull kernel_widen_pairs(
    const int8_t *_Nonnull pixels, int32_t step, int32_t pairs, uint32_t offsets,
    uint32_t *_Nonnull words) {
#if KERNEL_HAS_DSP
  uint32_t even0, even1, odd0, odd1, low, high;
  __asm__ volatile(
      "1:\n\t"
      "ldr %[odd0], [%[pixels]]\n\t"
      "ldr %[odd1], [%[pixels], %[step]]\n\t"
      "add %[pixels], %[pixels], %[step], lsl #1\n\t"
      "sxtab16 %[even0], %[offsets], %[odd0]\n\t"
      "sxtab16 %[even1], %[offsets], %[odd1]\n\t"
      "sxtab16 %[odd0], %[offsets], %[odd0], ror #8\n\t"
      "sxtab16 %[odd1], %[offsets], %[odd1], ror #8\n\t"
      "pkhbt %[low], %[even0], %[even1], lsl #16\n\t"
      "pkhbt %[high], %[odd0], %[odd1], lsl #16\n\t"
      "pkhtb %[even1], %[even1], %[even0], asr #16\n\t"
      "pkhtb %[odd1], %[odd1], %[odd0], asr #16\n\t"
      "strd %[even1], %[odd1], [%[words], #8]\n\t"
      "strd %[low], %[high], [%[words]], #128\n\t"
      "subs %[pairs], %[pairs], #1\n\t"
      "bne 1b"
      : [pixels] "+r"(pixels), [words] "+r"(words), [pairs] "+r"(pairs), [even0] "=&r"(even0),
        [even1] "=&r"(even1), [odd0] "=&r"(odd0), [odd1] "=&r"(odd1), [low] "=&r"(low),
        [high] "=&r"(high)
      : [step] "r"(step), [offsets] "r"(offsets)
      : "cc", "memory");
#else
  for (; pairs > 0; pairs--, pixels += 2 * step, words += 32) {
    uint32_t first, second;
    __builtin_memcpy(&first, pixels, 4);
    __builtin_memcpy(&second, pixels + step, 4);
    uint32_t even0 = kernel_sxtab16(offsets, first), odd0 = kernel_sxtab16_ror8(offsets, first);
    uint32_t even1 = kernel_sxtab16(offsets, second), odd1 = kernel_sxtab16_ror8(offsets, second);
    words[0] = kernel_pack_low(even0, even1);
    words[1] = kernel_pack_low(odd0, odd1);
    words[2] = kernel_pack_high(even0, even1);
    words[3] = kernel_pack_high(odd0, odd1);
  }
#endif
  return words;
}

/// How lines are filled: words of zeros, half a word, pairs of pixels, half a word, words
/// of zeros.
struct kernel_lines {
  int32_t zeros_before;
  bool has_first;
  int32_t pairs;
  bool has_last;
  int32_t zeros_behind;
  /// Bytes from a pixel to the next, and from a line to the next.
  int32_t step, line_step;
  uint32_t offsets;
};

/// Zeros for `count` words of four channels; gives where the next go.
static inline uint32_t *_Nonnull kernel_clear_words(uint32_t *_Nonnull words, int32_t count) {
  for (; count > 0; count--, words += 32) words[0] = words[1] = words[2] = words[3] = 0;
  return words;
}

/// Widens `count` lines, of which the first begins with the pixel `pixels`, to those from `words` on.
__attribute__((noinline)) static void kernel_widen_lines(
    const struct kernel_lines *_Nonnull lines, const int8_t *_Nonnull pixels, int32_t count,
    uint32_t *_Nonnull words) {
  uint32_t offsets = lines->offsets;
  int32_t step = lines->step;
  for (; count > 0; count--, pixels += lines->line_step, words += 4) {
    uint32_t *target = kernel_clear_words(words, lines->zeros_before);
    const int8_t *pixel = pixels;
    if (lines->has_first) {
      uint32_t four;
      __builtin_memcpy(&four, pixel, 4);
      uint32_t even = kernel_sxtab16(offsets, four), odd = kernel_sxtab16_ror8(offsets, four);
      target[0] = even << 16;
      target[1] = odd << 16;
      target[2] = kernel_pack_high(0, even);
      target[3] = kernel_pack_high(0, odd);
      target += 32;
      pixel += step;
    }
    if (lines->pairs > 0) {
      target = kernel_widen_pairs(pixel, step, lines->pairs, offsets, target);
      pixel += 2 * step * lines->pairs;
    }
    if (lines->has_last) {
      uint32_t four;
      __builtin_memcpy(&four, pixel, 4);
      uint32_t even = kernel_sxtab16(offsets, four), odd = kernel_sxtab16_ror8(offsets, four);
      target[0] = even & 0xffffu;
      target[1] = odd & 0xffffu;
      target[2] = even >> 16;
      target[3] = odd >> 16;
      target += 32;
    }
    kernel_clear_words(target, lines->zeros_behind);
  }
}

/// The weights of four channels as constants of a `kernel_depthwise_3x3`, from those of the
/// first channel on: `along` bytes from tap to tap of a line, `across` bytes from line to line.
static inline void kernel_depthwise_3x3_weights(
    const int8_t *_Nonnull weights, int32_t along, int32_t across, uint32_t *_Nonnull constants) {
  uint32_t *target = constants + 4;
  for (int line = 0; line < 3; line++, weights += across, target += 2) {
    uint32_t four0, four1, four2;
    __builtin_memcpy(&four0, weights, 4);
    __builtin_memcpy(&four1, weights + along, 4);
    __builtin_memcpy(&four2, weights + 2 * along, 4);
    uint32_t even0 = kernel_sxtb16(four0), odd0 = kernel_sxtb16_ror8(four0);
    uint32_t even1 = kernel_sxtb16(four1), odd1 = kernel_sxtb16_ror8(four1);
    uint32_t even2 = kernel_sxtb16(four2), odd2 = kernel_sxtb16_ror8(four2);
    target[0] = kernel_pack_low(even0, even1);
    target[1] = kernel_pack_low(even1, even2);
    target[10] = kernel_pack_low(odd0, odd1);
    target[11] = kernel_pack_low(odd1, odd2);
    target[20] = kernel_pack_high(even0, even1);
    target[21] = kernel_pack_high(even1, even2);
    target[30] = kernel_pack_high(odd0, odd1);
    target[31] = kernel_pack_high(odd1, odd2);
  }
}
