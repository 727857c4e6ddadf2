// The innermost loops of the int8 convolution: pairs of weight rows times panels of four columns,
// both widened to 16 bits, to int8 results. As in kernel_steps.h, on Arm they are assembly.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "kernel_intrinsics.h"

/// Pairs of weight rows times four columns.
///
/// A pair of rows is the words bias0, bias1; for each four inputs the weights (0, 2) of row 0, of
/// row 1, (1, 3) of row 0, of row 1; and scale0, power0, scale1, power1: twice the multiplier and
/// 2^(32 - right shift), or power0 = 0 where results are not made here. Columns are for each four
/// inputs (0, 2) of columns 0 ... 3, then (1, 3) of columns 0 ... 3.
struct kernel_mat_mult {
  /// The next pair, and where the last ends.
  const uint32_t *_Nonnull rows;
  const uint32_t *_Nonnull rows_end;
  const uint32_t *_Nonnull columns;
  /// Groups of four inputs, not 0.
  int32_t groups;
  /// Of column 0 and row 0 of the next pair; results of columns are `stride` bytes apart.
  int8_t *_Nonnull output;
  int32_t stride;
  /// Added to results before they are clamped to int8.
  int32_t offset;
  /// Of a pair of which results are not made here: rows 0 and 1 by columns.
  int32_t sums[8];
};

#if KERNEL_HAS_DSP
_Static_assert(offsetof(struct kernel_mat_mult, sums) == 28, "assembly knows the places");

// Registers: sums of row 0 in r4 ... r7, of row 1 in r8 ... r11; rows r0, columns r1.
// Two inputs of each column: 16 MAC, 44 bytes of code.
#define KERNEL_MAT_MULT_HALF    \
  "ldrd r2, r3, [r0], #8\n\t"   \
  "ldrd r12, lr, [r1], #16\n\t" \
  "smlad r4, r2, r12, r4\n\t"   \
  "smlad r8, r3, r12, r8\n\t"   \
  "smlad r5, r2, lr, r5\n\t"    \
  "smlad r9, r3, lr, r9\n\t"    \
  "ldrd r12, lr, [r1, #-8]\n\t" \
  "smlad r6, r2, r12, r6\n\t"   \
  "smlad r10, r3, r12, r10\n\t" \
  "smlad r7, r2, lr, r7\n\t"    \
  "smlad r11, r3, lr, r11\n\t"
#define KERNEL_MAT_MULT_GROUP KERNEL_MAT_MULT_HALF KERNEL_MAT_MULT_HALF

// Of four registers: one step down for negative numbers, SMMLAR, clamping.
#define KERNEL_DOWN(a, b, c, d)               \
  "add " a ", " a ", " a ", asr #31\n\t"      \
  "add " b ", " b ", " b ", asr #31\n\t"      \
  "add " c ", " c ", " c ", asr #31\n\t"      \
  "add " d ", " d ", " d ", asr #31\n\t"
#define KERNEL_SCALE(a, b, c, d)              \
  "smmlar " a ", " a ", r2, " a "\n\t"        \
  "smmlar " b ", " b ", r2, " b "\n\t"        \
  "smmlar " c ", " c ", r2, " c "\n\t"        \
  "smmlar " d ", " d ", r2, " d "\n\t"
#define KERNEL_SHIFT(a, b, c, d)              \
  "smmlar " a ", " a ", r3, r12\n\t"          \
  "smmlar " b ", " b ", r3, r12\n\t"          \
  "smmlar " c ", " c ", r3, r12\n\t"          \
  "smmlar " d ", " d ", r3, r12\n\t"
#define KERNEL_CLAMP(a, b, c, d)              \
  "ssat " a ", #8, " a "\n\t"                 \
  "ssat " b ", #8, " b "\n\t"                 \
  "ssat " c ", #8, " c "\n\t"                 \
  "ssat " d ", #8, " d "\n\t"

// A whole function, as it takes all registers. It enters the loop of eight groups where as many are
// left as are over. On the stack: 0 entry, 4 columns, 8 their end, 12 output, 16 stride, 20 offset,
// 24 end of rows, 28 panel.
#define KERNEL_MAT_MULT_FUNCTION(name, DOWN_A, DOWN_B)                               \
  __attribute__((naked, noinline)) static bool name(struct kernel_mat_mult *_Nonnull panel) { \
    __asm__(                                                                         \
        "push {r4, r5, r6, r7, r8, r9, r10, r11, lr}\n\t"                            \
        "sub sp, #36\n\t"                                                            \
        "str r0, [sp, #28]\n\t"                                                      \
        "ldm r0, {r0, r1, r2, r3, r4, r5, r6}\n\t"                                   \
        "add r7, r2, r3, lsl #5\n\t"                                                 \
        "strd r2, r7, [sp, #4]\n\t"                                                  \
        "strd r4, r5, [sp, #12]\n\t"                                                 \
        "strd r6, r1, [sp, #20]\n\t"                                                 \
        "rsb r3, r3, #0\n\t"                                                         \
        "and r3, r3, #7\n\t"                                                         \
        "mov r4, #88\n\t"                                                            \
        "adr.w r2, 2f\n\t"                                                           \
        "mla r3, r3, r4, r2\n\t"                                                     \
        "orr r3, r3, #1\n\t"                                                         \
        "str r3, [sp]\n"                                                             \
        "1:\n\t"                                                                     \
        "ldrd r2, r1, [sp]\n\t"                                                      \
        "ldrd r4, r8, [r0], #8\n\t"                                                  \
        "mov r5, r4\n\t"                                                             \
        "mov r6, r4\n\t"                                                             \
        "mov r7, r4\n\t"                                                             \
        "mov r9, r8\n\t"                                                             \
        "mov r10, r8\n\t"                                                            \
        "mov r11, r8\n\t"                                                            \
        "bx r2\n\t"                                                                  \
        ".balign 4\n"                                                                \
        "2:\n\t"                                                                     \
        KERNEL_MAT_MULT_GROUP KERNEL_MAT_MULT_GROUP KERNEL_MAT_MULT_GROUP KERNEL_MAT_MULT_GROUP \
        KERNEL_MAT_MULT_GROUP KERNEL_MAT_MULT_GROUP KERNEL_MAT_MULT_GROUP KERNEL_MAT_MULT_GROUP \
        "ldr r2, [sp, #8]\n\t"                                                       \
        "cmp r1, r2\n\t"                                                             \
        "bne 2b\n\t"                                                                 \
        "ldrd r2, r3, [r0], #8\n\t"                                                  \
        "ldr r12, [sp, #20]\n\t"                                                     \
        "cmp r3, #0\n\t"                                                             \
        "beq 3f\n\t"                                                                 \
        KERNEL_SCALE("r4", "r5", "r6", "r7")                                         \
        DOWN_A                                                                       \
        KERNEL_SHIFT("r4", "r5", "r6", "r7")                                         \
        "ldrd r2, r3, [r0], #8\n\t"                                                  \
        KERNEL_CLAMP("r4", "r5", "r6", "r7")                                         \
        KERNEL_SCALE("r8", "r9", "r10", "r11")                                       \
        DOWN_B                                                                       \
        KERNEL_SHIFT("r8", "r9", "r10", "r11")                                       \
        "ldrd r1, r2, [sp, #12]\n\t"                                                 \
        "ldr lr, [sp, #24]\n\t"                                                      \
        KERNEL_CLAMP("r8", "r9", "r10", "r11")                                       \
        "add r3, r1, r2, lsl #1\n\t"                                                 \
        "bfi r4, r8, #8, #8\n\t"                                                     \
        "bfi r5, r9, #8, #8\n\t"                                                     \
        "bfi r6, r10, #8, #8\n\t"                                                    \
        "bfi r7, r11, #8, #8\n\t"                                                    \
        "strh r5, [r1, r2]\n\t"                                                      \
        "strh r6, [r3]\n\t"                                                          \
        "strh r7, [r3, r2]\n\t"                                                      \
        "strh r4, [r1], #2\n\t"                                                      \
        "cmp r0, lr\n\t"                                                             \
        "str r1, [sp, #12]\n\t"                                                      \
        "bne 1b\n\t"                                                                 \
        "ldr r3, [sp, #28]\n\t"                                                      \
        "str r0, [r3]\n\t"                                                           \
        "str r1, [r3, #16]\n\t"                                                      \
        "mov r0, #1\n\t"                                                             \
        "b 4f\n"                                                                     \
        "3:\n\t"                                                                     \
        "add r0, r0, #8\n\t"                                                         \
        "ldr r1, [sp, #12]\n\t"                                                      \
        "ldr r3, [sp, #28]\n\t"                                                      \
        "str r0, [r3]\n\t"                                                           \
        "str r1, [r3, #16]\n\t"                                                      \
        "add r3, r3, #28\n\t"                                                        \
        "stm r3, {r4, r5, r6, r7, r8, r9, r10, r11}\n\t"                             \
        "mov r0, #0\n"                                                               \
        "4:\n\t"                                                                     \
        "add sp, #36\n\t"                                                            \
        "pop {r4, r5, r6, r7, r8, r9, r10, r11, pc}");                               \
  }
KERNEL_MAT_MULT_FUNCTION(kernel_rounded_mat_mult, KERNEL_DOWN("r4", "r5", "r6", "r7"),
                      KERNEL_DOWN("r8", "r9", "r10", "r11"))
KERNEL_MAT_MULT_FUNCTION(kernel_rectified_mat_mult, "", "")
#endif

/// Makes the results of all pairs, or of those before one with power0 = 0, of which only the sums
/// are made: then false, and `rows` is behind it but `output` at it. Results are rounded twice as in
/// `requantize`, or, where `is_rectified` (no result is below the offset), as good as that: negative
/// numbers then all give the offset.
static inline bool kernel_mat_mult_4_columns(
    struct kernel_mat_mult *_Nonnull panel, bool is_rectified) {
#if KERNEL_HAS_DSP
  return is_rectified ? kernel_rectified_mat_mult(panel) : kernel_rounded_mat_mult(panel);
#else
  while (panel->rows != panel->rows_end) {
    const uint32_t *row = panel->rows + 2, *column = panel->columns;
    for (int index = 0; index < 8; index++) panel->sums[index] = (int32_t)panel->rows[index / 4];
    for (int32_t half = 0; half < 2 * panel->groups; half++, row += 2, column += 4)
      for (int index = 0; index < 8; index++)
        panel->sums[index] = kernel_smlad(row[index / 4], column[index % 4], panel->sums[index]);
    panel->rows = row + 4;
    if (row[1] == 0) return false;
    for (int index = 0; index < 8; index++) {
      int32_t sum = panel->sums[index];
      int32_t high = kernel_smmlar(sum, (int32_t)row[index / 4 * 2], sum);
      if (!is_rectified) high += high >> 31;
      int32_t scaled = kernel_smmlar(high, (int32_t)row[index / 4 * 2 + 1], panel->offset);
      panel->output[index % 4 * panel->stride + index / 4] = (int8_t)kernel_ssat8(scaled);
    }
    panel->output += 2;
  }
  return true;
#endif
}

/// The same for column 0 alone; of sums only the first of each row are made.
static inline bool kernel_mat_mult_1_column(
    struct kernel_mat_mult *_Nonnull panel, bool is_rectified) {
  while (panel->rows != panel->rows_end) {
    const uint32_t *row = panel->rows + 2, *column = panel->columns;
    int32_t sum0 = (int32_t)panel->rows[0], sum1 = (int32_t)panel->rows[1];
#if KERNEL_HAS_DSP
    uint32_t x, weight0, weight1;
    const uint32_t *end = column + 8 * (panel->groups & ~1);
    if (panel->groups & 1) {
      sum0 = kernel_smlad(row[2], column[4], kernel_smlad(row[0], column[0], sum0));
      sum1 = kernel_smlad(row[3], column[4], kernel_smlad(row[1], column[0], sum1));
      row += 4;
      column += 8;
      end += 8;
    }
    if (column != end)
      __asm__ volatile(
          "1:\n\t"
          "ldrd %[weight0], %[weight1], [%[row]], #32\n\t"
          "ldr %[x], [%[column]], #64\n\t"
          "smlad %[sum0], %[weight0], %[x], %[sum0]\n\t"
          "smlad %[sum1], %[weight1], %[x], %[sum1]\n\t"
          "ldrd %[weight0], %[weight1], [%[row], #-24]\n\t"
          "ldr %[x], [%[column], #-48]\n\t"
          "smlad %[sum0], %[weight0], %[x], %[sum0]\n\t"
          "smlad %[sum1], %[weight1], %[x], %[sum1]\n\t"
          "ldrd %[weight0], %[weight1], [%[row], #-16]\n\t"
          "ldr %[x], [%[column], #-32]\n\t"
          "smlad %[sum0], %[weight0], %[x], %[sum0]\n\t"
          "smlad %[sum1], %[weight1], %[x], %[sum1]\n\t"
          "ldrd %[weight0], %[weight1], [%[row], #-8]\n\t"
          "ldr %[x], [%[column], #-16]\n\t"
          "cmp %[column], %[end]\n\t"
          "smlad %[sum0], %[weight0], %[x], %[sum0]\n\t"
          "smlad %[sum1], %[weight1], %[x], %[sum1]\n\t"
          "bne 1b"
          : [row] "+r"(row), [column] "+r"(column), [sum0] "+r"(sum0), [sum1] "+r"(sum1),
            [x] "=&r"(x), [weight0] "=&r"(weight0), [weight1] "=&r"(weight1)
          : [end] "r"(end)
          : "cc", "memory");
#else
    for (int32_t half = 0; half < 2 * panel->groups; half++, row += 2, column += 4) {
      sum0 = kernel_smlad(row[0], column[0], sum0);
      sum1 = kernel_smlad(row[1], column[0], sum1);
    }
#endif
    panel->rows = row + 4;
    if (row[1] == 0) {
      panel->sums[0] = sum0;
      panel->sums[4] = sum1;
      return false;
    }
    int32_t high0 = kernel_smmlar(sum0, (int32_t)row[0], sum0);
    int32_t high1 = kernel_smmlar(sum1, (int32_t)row[2], sum1);
    if (!is_rectified) {
      high0 += high0 >> 31;
      high1 += high1 >> 31;
    }
    int32_t scaled0 = kernel_smmlar(high0, (int32_t)row[1], panel->offset);
    int32_t scaled1 = kernel_smmlar(high1, (int32_t)row[3], panel->offset);
    panel->output[0] = (int8_t)kernel_ssat8(scaled0);
    panel->output[1] = (int8_t)kernel_ssat8(scaled1);
    panel->output += 2;
  }
  return true;
}
