// The innermost loops of the int8 depthwise convolution of 3 x 3 taps: rows of one channel from
// lines of it, widened to 16 bits in pairs of neighbours, to int8 results. As in kernel_steps.h, on Arm
// they are assembly.
#pragma once
#include <stddef.h>
#include "kernel_mat_mult.h"

/// Eight lines of four channels, and what makes rows of results of each channel of them.
///
/// Word (j, s, c) is number 32 j + 4 s + c and holds elements 2 j and 2 j + 1 of channel c in line s.
/// Of each channel there are ten constants: bias, twice the multiplier, 2^(32 - right shift), one
/// unused, and for each line of the window the weights (0, 1) and (1, 2).
struct kernel_depthwise_3x3 {
  /// Of the first row's first line.
  const uint32_t *_Nonnull words;
  const uint32_t *_Nonnull constants;
  int8_t *_Nonnull output;
  /// Results of a row by fours, and then by pairs, as bytes of words; the last pair may be one.
  int32_t quads, pairs;
  /// Bytes from a result to the next, and in the last pair, where it is one, 0.
  int32_t step, last_step;
  /// Added to results before they are clamped to int8.
  int32_t offset;
  /// Rows, not 0, and from one to the next the bytes of results and of words.
  int32_t rows, row_step, row_words;
};

#if KERNEL_HAS_DSP
_Static_assert(offsetof(struct kernel_depthwise_3x3, row_words) == 40, "assembly knows the places");

// Registers: words r0, output r1, weights r2 ... r7, sums r8 ... r11, of which the first is the bias
// before. The offset of a word (j, s) is 128 j + 16 s. Loads of line 0, the first at stride 1 and the
// last at stride 2, move r0 on to the words of the next results.
#define KERNEL_3X3_QUAD1_FIRST       \
  "ldr r12, [r0]\n\t"                \
  "ldr lr, [r0, #128]!\n\t"          \
  "smlatb r9, r12, r2, r8\n\t"       \
  "smlad r10, lr, r2, r8\n\t"        \
  "smlatb r11, lr, r2, r8\n\t"       \
  "smlad r8, r12, r2, r8\n\t"        \
  "ldr r12, [r0, #128]!\n\t"         \
  "smlad r9, lr, r3, r9\n\t"         \
  "smlabt r8, lr, r3, r8\n\t"        \
  "smlabt r10, r12, r3, r10\n\t"     \
  "smlad r11, r12, r3, r11\n\t"
// Of line s with weights `a` and `b`, four results of three words:
#define KERNEL_3X3_QUAD1_LINE(s, a, b)    \
  "ldr r12, [r0, #-256+" #s "]\n\t"      \
  "ldr lr, [r0, #-128+" #s "]\n\t"       \
  "smlad r8, r12, " a ", r8\n\t"        \
  "smlatb r9, r12, " a ", r9\n\t"       \
  "ldr r12, [r0, #" #s "]\n\t"          \
  "smlabt r8, lr, " b ", r8\n\t"        \
  "smlad r9, lr, " b ", r9\n\t"         \
  "smlad r10, lr, " a ", r10\n\t"       \
  "smlatb r11, lr, " a ", r11\n\t"      \
  "smlabt r10, r12, " b ", r10\n\t"     \
  "smlad r11, r12, " b ", r11\n\t"
#define KERNEL_3X3_QUAD1                   \
  KERNEL_3X3_QUAD1_FIRST                   \
  KERNEL_3X3_QUAD1_LINE(16, "r4", "r5")    \
  KERNEL_3X3_QUAD1_LINE(32, "r6", "r7")
#define KERNEL_3X3_PAIR1_LINE(s, a, b)    \
  "ldr r12, [r0, #-128+" #s "]\n\t"      \
  "ldr lr, [r0, #" #s "]\n\t"           \
  "smlad r8, r12, " a ", r8\n\t"        \
  "smlatb r9, r12, " a ", r9\n\t"       \
  "smlabt r8, lr, " b ", r8\n\t"        \
  "smlad r9, lr, " b ", r9\n\t"
#define KERNEL_3X3_PAIR1                   \
  "ldr r12, [r0]\n\t"                      \
  "ldr lr, [r0, #128]!\n\t"                \
  "smlatb r9, r12, r2, r8\n\t"             \
  "smlad r8, r12, r2, r8\n\t"              \
  "smlad r9, lr, r3, r9\n\t"               \
  "smlabt r8, lr, r3, r8\n\t"              \
  KERNEL_3X3_PAIR1_LINE(16, "r4", "r5")    \
  KERNEL_3X3_PAIR1_LINE(32, "r6", "r7")
// At stride 2, of five words.
#define KERNEL_3X3_QUAD2                     \
  "ldr r12, [r0, #128+16]\n\t"               \
  "ldr lr, [r0, #2*128+16]\n\t"              \
  "smlad r9, r12, r4, r8\n\t"                \
  "smlad r10, lr, r4, r8\n\t"                \
  "smlabt r9, lr, r5, r9\n\t"                \
  "ldr lr, [r0, #3*128+16]\n\t"              \
  "smlad r11, lr, r4, r8\n\t"                \
  "smlabt r10, lr, r5, r10\n\t"              \
  "ldr lr, [r0, #16]\n\t"                    \
  "smlabt r8, r12, r5, r8\n\t"               \
  "ldr r12, [r0, #4*128+16]\n\t"             \
  "smlad r8, lr, r4, r8\n\t"                 \
  "smlabt r11, r12, r5, r11\n\t"             \
  KERNEL_3X3_QUAD2_LINE("#32", "#128+32", "#2*128+32", "#3*128+32", "#4*128+32", "", "r6", "r7")   \
  KERNEL_3X3_QUAD2_LINE("#0", "#128", "#128", "#128", "#128", "!", "r2", "r3")
#define KERNEL_3X3_QUAD2_LINE(w0, w1, w2, w3, w4, update, a, b)   \
  "ldr r12, [r0, " w0 "]\n\t"                \
  "ldr lr, [r0, " w1 "]" update "\n\t"       \
  "smlad r8, r12, " a ", r8\n\t"             \
  "ldr r12, [r0, " w2 "]" update "\n\t"      \
  "smlabt r8, lr, " b ", r8\n\t"             \
  "smlad r9, lr, " a ", r9\n\t"              \
  "ldr lr, [r0, " w3 "]" update "\n\t"       \
  "smlabt r9, r12, " b ", r9\n\t"            \
  "smlad r10, r12, " a ", r10\n\t"           \
  "ldr r12, [r0, " w4 "]" update "\n\t"      \
  "smlabt r10, lr, " b ", r10\n\t"           \
  "smlad r11, lr, " a ", r11\n\t"            \
  "smlabt r11, r12, " b ", r11\n\t"
#define KERNEL_3X3_PAIR2                     \
  "ldr r12, [r0, #128+16]\n\t"               \
  "ldr lr, [r0, #16]\n\t"                    \
  "smlad r9, r12, r4, r8\n\t"                \
  "smlabt r8, r12, r5, r8\n\t"               \
  "ldr r12, [r0, #2*128+16]\n\t"             \
  "smlad r8, lr, r4, r8\n\t"                 \
  "smlabt r9, r12, r5, r9\n\t"               \
  KERNEL_3X3_PAIR2_LINE("#32", "#128+32", "#2*128+32", "", "r6", "r7")   \
  KERNEL_3X3_PAIR2_LINE("#0", "#128", "#128", "!", "r2", "r3")
#define KERNEL_3X3_PAIR2_LINE(w0, w1, w2, update, a, b)   \
  "ldr r12, [r0, " w0 "]\n\t"                \
  "ldr lr, [r0, " w1 "]" update "\n\t"       \
  "smlad r8, r12, " a ", r8\n\t"             \
  "ldr r12, [r0, " w2 "]" update "\n\t"      \
  "smlabt r8, lr, " b ", r8\n\t"             \
  "smlad r9, lr, " a ", r9\n\t"              \
  "smlabt r9, r12, " b ", r9\n\t"

// A whole function, as it takes all registers. On the stack: 0 bias, 4 scale, 8 power, 12 offset,
// 16 step, 20 last step, 24 fours, 28 pairs, 32 constants, 36 output, 40 words, 44 bytes of
// results from the end of a row to the next, 48 channels left, 52 end of rows, 56 rows, 60 words from
// row to row, 64 from the end of one to the next, 72 end of its fours, 76 of its pairs.
#define KERNEL_3X3_FUNCTION(name, shift, QUAD, PAIR, DOWN_QUAD, DOWN_PAIR)           \
  __attribute__((naked, noinline)) static void name(                                 \
      const struct kernel_depthwise_3x3 *_Nonnull operands) {                        \
    __asm__(                                                                         \
        "push {r4, r5, r6, r7, r8, r9, r10, r11, lr}\n\t"                            \
        "sub sp, #84\n\t"                                                            \
        "ldm r0, {r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11}\n\t"                 \
        "str r8, [sp, #12]\n\t"                                                      \
        "strd r6, r7, [sp, #16]\n\t"                                                 \
        "strd r4, r5, [sp, #24]\n\t"                                                 \
        "strd r2, r3, [sp, #32]\n\t"                                                 \
        "add r4, r4, r5\n\t"                                                         \
        "mov r2, #4\n\t"                                                             \
        "lsr r5, r4, #" #shift "\n\t"                                                \
        "mls r10, r5, r6, r10\n\t"                                                   \
        "strd r1, r10, [sp, #40]\n\t"                                                \
        "sub r4, r11, r4\n\t"                                                        \
        "str r2, [sp, #48]\n\t"                                                      \
        "strd r9, r11, [sp, #56]\n\t"                                                \
        "str r4, [sp, #64]\n\t"                                                      \
        "1:\n\t"                                                                     \
        "ldr r12, [sp, #32]\n\t"                                                     \
        "ldrd r1, r0, [sp, #36]\n\t"                                                 \
        "ldm r12!, {r8, r9, r10, r11}\n\t"                                           \
        "ldm r12!, {r2, r3, r4, r5, r6, r7}\n\t"                                     \
        "strd r8, r9, [sp]\n\t"                                                      \
        "str r10, [sp, #8]\n\t"                                                      \
        "str r12, [sp, #32]\n\t"                                                     \
        "ldrd r12, lr, [sp, #24]\n\t"                                                \
        "ldrd r10, r11, [sp, #56]\n\t"                                               \
        "add r12, r12, r0\n\t"                                                       \
        "add lr, lr, r12\n\t"                                                        \
        "strd r12, lr, [sp, #72]\n\t"                                                \
        "mla r10, r10, r11, r0\n\t"                                                  \
        "str r10, [sp, #52]\n\t"                                                     \
        "mov r11, r12\n"                                                             \
        "6:\n\t"                                                                     \
        "cmp r0, r11\n\t"                                                            \
        "beq 3f\n"                                                                   \
        "2:\n\t"                                                                     \
        QUAD                                                                         \
        "ldrd r12, lr, [sp, #4]\n\t"                                                 \
        "smmlar r8, r8, r12, r8\n\t"                                                 \
        "smmlar r9, r9, r12, r9\n\t"                                                 \
        "smmlar r10, r10, r12, r10\n\t"                                              \
        "smmlar r11, r11, r12, r11\n\t"                                              \
        "ldr r12, [sp, #12]\n\t"                                                     \
        DOWN_QUAD                                                                    \
        "smmlar r8, r8, lr, r12\n\t"                                                 \
        "smmlar r9, r9, lr, r12\n\t"                                                 \
        "smmlar r10, r10, lr, r12\n\t"                                               \
        "smmlar r11, r11, lr, r12\n\t"                                               \
        "ldr lr, [sp, #16]\n\t"                                                      \
        "ldr r12, [sp, #72]\n\t"                                                     \
        KERNEL_CLAMP("r8", "r9", "r10", "r11")                                       \
        "strb r8, [r1]\n\t"                                                          \
        "ldr r8, [sp]\n\t"                                                           \
        "strb r9, [r1, lr]\n\t"                                                      \
        "add r1, r1, lr, lsl #1\n\t"                                                 \
        "strb r10, [r1]\n\t"                                                         \
        "strb r11, [r1, lr]\n\t"                                                     \
        "add r1, r1, lr, lsl #1\n\t"                                                 \
        "cmp r0, r12\n\t"                                                            \
        "bne 2b\n"                                                                   \
        "3:\n\t"                                                                     \
        "ldr r10, [sp, #76]\n\t"                                                     \
        "cmp r0, r10\n\t"                                                            \
        "beq 5f\n"                                                                   \
        "4:\n\t"                                                                     \
        PAIR                                                                         \
        "ldrd r12, lr, [sp, #4]\n\t"                                                 \
        "smmlar r8, r8, r12, r8\n\t"                                                 \
        "smmlar r9, r9, r12, r9\n\t"                                                 \
        "ldr r12, [sp, #12]\n\t"                                                     \
        DOWN_PAIR                                                                    \
        "cmp r0, r10\n\t"                                                            \
        "smmlar r8, r8, lr, r12\n\t"                                                 \
        "smmlar r9, r9, lr, r12\n\t"                                                 \
        "ldrd r12, lr, [sp, #16]\n\t"                                                \
        "ssat r8, #8, r8\n\t"                                                        \
        "ssat r9, #8, r9\n\t"                                                        \
        "it ne\n\t"                                                                  \
        "movne lr, r12\n\t"                                                          \
        "strb r9, [r1, lr]\n\t"                                                      \
        "strb r8, [r1]\n\t"                                                          \
        "ldr r8, [sp]\n\t"                                                           \
        "add r1, r1, r12, lsl #1\n\t"                                                \
        "bne 4b\n"                                                                   \
        "5:\n\t"                                                                     \
        "ldrd r9, r10, [sp, #60]\n\t"                                                \
        "ldrd r11, r12, [sp, #72]\n\t"                                               \
        "ldr lr, [sp, #44]\n\t"                                                      \
        "add r0, r0, r10\n\t"                                                        \
        "add r11, r11, r9\n\t"                                                       \
        "add r12, r12, r9\n\t"                                                       \
        "ldr r10, [sp, #52]\n\t"                                                     \
        "strd r11, r12, [sp, #72]\n\t"                                               \
        "add r1, r1, lr\n\t"                                                         \
        "cmp r0, r10\n\t"                                                            \
        "bne 6b\n\t"                                                                 \
        "ldr r2, [sp, #48]\n\t"                                                      \
        "ldrd r5, r6, [sp, #36]\n\t"                                                 \
        "subs r2, r2, #1\n\t"                                                        \
        "add r5, r5, #1\n\t"                                                         \
        "add r6, r6, #4\n\t"                                                         \
        "str r2, [sp, #48]\n\t"                                                      \
        "strd r5, r6, [sp, #36]\n\t"                                                 \
        "bne 1b\n\t"                                                                 \
        "add sp, #84\n\t"                                                            \
        "pop {r4, r5, r6, r7, r8, r9, r10, r11, pc}");                               \
  }
#define KERNEL_3X3_DOWN_PAIR "add r8, r8, r8, asr #31\n\tadd r9, r9, r9, asr #31\n\t"
KERNEL_3X3_FUNCTION(kernel_rounded_3x3_stride1, 6, KERNEL_3X3_QUAD1, KERNEL_3X3_PAIR1,
                    KERNEL_DOWN("r8", "r9", "r10", "r11"), KERNEL_3X3_DOWN_PAIR)
KERNEL_3X3_FUNCTION(kernel_rounded_3x3_stride2, 7, KERNEL_3X3_QUAD2, KERNEL_3X3_PAIR2,
                    KERNEL_DOWN("r8", "r9", "r10", "r11"), KERNEL_3X3_DOWN_PAIR)
KERNEL_3X3_FUNCTION(kernel_rectified_3x3_stride1, 6, KERNEL_3X3_QUAD1, KERNEL_3X3_PAIR1, "",
                      "")
KERNEL_3X3_FUNCTION(kernel_rectified_3x3_stride2, 7, KERNEL_3X3_QUAD2, KERNEL_3X3_PAIR2, "",
                      "")
#endif

/// Makes the rows of results of each of the four channels, whose positions in a line are `stride` (1 or 2) apart.
/// For `is_rectified` see `kernel_mat_mult_4_columns`.
static inline void kernel_depthwise_conv_3x3(
    const struct kernel_depthwise_3x3 *_Nonnull operands, int32_t stride, bool is_rectified) {
#if KERNEL_HAS_DSP
  if (stride == 1) {
    is_rectified ? kernel_rectified_3x3_stride1(operands) : kernel_rounded_3x3_stride1(operands);
  } else {
    is_rectified ? kernel_rectified_3x3_stride2(operands) : kernel_rounded_3x3_stride2(operands);
  }
#else
  int32_t results = (operands->quads + operands->pairs) / (64 * stride);
  if (operands->pairs > 0 && operands->last_step == 0) results--;
  for (int channel = 0; channel < 4; channel++) {
    const uint32_t *constants = operands->constants + 10 * channel, *weights = constants + 4;
    for (int32_t index = 0; index < operands->rows * results; index++) {
      int32_t row = index / results, result = index % results, place = result * stride;
      const uint32_t *start = operands->words + row * (operands->row_words / 4) + channel;
      int32_t sum = (int32_t)constants[0];
      for (int line = 0; line < 3; line++) {
        const uint32_t *words = start + 32 * (place / 2) + 4 * line;
        if (place % 2 == 0) {
          sum = kernel_smlad(words[0], weights[2 * line], sum);
          sum = kernel_smlabb(words[32], weights[2 * line + 1] >> 16, sum);
        } else {
          sum = kernel_smlabb(words[0] >> 16, weights[2 * line], sum);
          sum = kernel_smlad(words[32], weights[2 * line + 1], sum);
        }
      }
      int32_t high = kernel_smmlar(sum, (int32_t)constants[1], sum);
      if (!is_rectified) high += high >> 31;
      int32_t scaled = kernel_smmlar(high, (int32_t)constants[2], operands->offset);
      operands->output[row * operands->row_step + result * operands->step + channel] =
          (int8_t)kernel_ssat8(scaled);
    }
  }
#endif
}
