// The innermost steps of the int8 kernels. On Arm each is one block of assembly, or a function of
// nothing else where registers for anything beside are lacking, because it takes nearly all fourteen registers: given the instructions one by one, the compiler unrolls and
// reorders them until sums are spilled, at 1.4 to 2.5 times the instructions. Elsewhere the same
// arithmetic in portable C. Loads are placed so that few words are used right after they came.
#pragma once
#include "kernel_intrinsics.h"

/// Four bytes, aligned or not.
static inline uint32_t kernel_word(const int8_t *_Nonnull bytes) {
  uint32_t word;
  __builtin_memcpy(&word, bytes, 4);
  return word;
}

/// Two rows of int8 weights times three columns of 16-bit inputs: where the next four of each are,
/// and the sums so far, sum_rc of row r and column c. Of each four inputs, (0, 2) of all columns come
/// first, then (1, 3).
struct kernel_tile {
  const int8_t *_Nonnull row0;
  const int8_t *_Nonnull row1;
  const uint32_t *_Nonnull columns;
  int32_t sum00, sum01, sum02;
  int32_t sum10, sum11, sum12;
};

/// Multiplies four inputs of each column, adds to the sums and moves on: 24 MAC.
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
          "ldr %[x], [%[columns], #-20]\n\t"
          "sxtb16 %[odd0], %[odd0], ror #8\n\t"
          "smlad %[sum01], %[even0], %[x], %[sum01]\n\t"
          "smlad %[sum11], %[even1], %[x], %[sum11]\n\t"
          "ldr %[x], [%[columns], #-16]\n\t"
          "sxtb16 %[odd1], %[odd1], ror #8\n\t"
          "smlad %[sum02], %[even0], %[x], %[sum02]\n\t"
          "smlad %[sum12], %[even1], %[x], %[sum12]\n\t"
          "ldr %[x], [%[columns], #-12]\n\t"
          "ldr %[even0], [%[columns], #-8]\n\t"
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
  uint32_t four0 = kernel_word(tile->row0), four1 = kernel_word(tile->row1);
  const uint32_t *columns = tile->columns;
  uint32_t even0 = kernel_sxtb16(four0), odd0 = kernel_sxtb16_ror8(four0);
  uint32_t even1 = kernel_sxtb16(four1), odd1 = kernel_sxtb16_ror8(four1);
  tile->sum00 = kernel_smlad(odd0, columns[3], kernel_smlad(even0, columns[0], tile->sum00));
  tile->sum01 = kernel_smlad(odd0, columns[4], kernel_smlad(even0, columns[1], tile->sum01));
  tile->sum02 = kernel_smlad(odd0, columns[5], kernel_smlad(even0, columns[2], tile->sum02));
  tile->sum10 = kernel_smlad(odd1, columns[3], kernel_smlad(even1, columns[0], tile->sum10));
  tile->sum11 = kernel_smlad(odd1, columns[4], kernel_smlad(even1, columns[1], tile->sum11));
  tile->sum12 = kernel_smlad(odd1, columns[5], kernel_smlad(even1, columns[2], tile->sum12));
  tile->row0 += 4;
  tile->row1 += 4;
  tile->columns += 6;
#endif
}

/// Four rows of int8 weights times one vector of int8 inputs: where the next four of each are, and
/// the sums so far.
struct kernel_vec_mat_mult {
  const int8_t *_Nonnull vector;
  const int8_t *_Nonnull row0;
  const int8_t *_Nonnull row1;
  const int8_t *_Nonnull row2;
  const int8_t *_Nonnull row3;
  int32_t sum0, sum1, sum2, sum3;
};

#if KERNEL_HAS_DSP
// Registers: vector r0, rows r1 ... r4, sums r5 ... r8, offsets lr. Four inputs of each row: 16 MAC,
// 92 bytes of code.
#define KERNEL_ROWS_GROUP                \
  "ldr r10, [r0], #4\n\t"                \
  "ldr r11, [r1], #4\n\t"                \
  "sxtab16 r9, lr, r10\n\t"              \
  "sxtab16 r10, lr, r10, ror #8\n\t"     \
  "sxtb16 r12, r11\n\t"                  \
  "sxtb16 r11, r11, ror #8\n\t"          \
  "smlad r5, r9, r12, r5\n\t"            \
  "ldr r12, [r2], #4\n\t"                \
  "smlad r5, r10, r11, r5\n\t"           \
  "sxtb16 r11, r12\n\t"                  \
  "sxtb16 r12, r12, ror #8\n\t"          \
  "smlad r6, r9, r11, r6\n\t"            \
  "ldr r11, [r3], #4\n\t"                \
  "smlad r6, r10, r12, r6\n\t"           \
  "sxtb16 r12, r11\n\t"                  \
  "sxtb16 r11, r11, ror #8\n\t"          \
  "smlad r7, r9, r12, r7\n\t"            \
  "ldr r12, [r4], #4\n\t"                \
  "smlad r7, r10, r11, r7\n\t"           \
  "sxtb16 r11, r12\n\t"                  \
  "sxtb16 r12, r12, ror #8\n\t"          \
  "smlad r8, r9, r11, r8\n\t"            \
  "smlad r8, r10, r12, r8\n\t"

// A whole function, as it takes all registers. It enters the loop of four groups where as many are
// left as are over. On the stack: 0 rows, 4 end of the vector.
__attribute__((naked, noinline)) static void kernel_multiply_row_groups(
    struct kernel_vec_mat_mult *_Nonnull rows, int32_t groups, uint32_t offsets) {
  __asm__(
      "push {r4, r5, r6, r7, r8, r9, r10, r11, lr}\n\t"
      "sub sp, #12\n\t"
      "str r0, [sp]\n\t"
      "mov lr, r2\n\t"
      "ldr r3, [r0]\n\t"
      "add r3, r3, r1, lsl #2\n\t"
      "str r3, [sp, #4]\n\t"
      "rsb r1, r1, #0\n\t"
      "and r1, r1, #3\n\t"
      "mov r2, #92\n\t"
      "adr.w r9, 1f\n\t"
      "mla r9, r1, r2, r9\n\t"
      "orr r9, r9, #1\n\t"
      "ldm r0, {r0, r1, r2, r3, r4, r5, r6, r7, r8}\n\t"
      "bx r9\n\t"
      ".balign 4\n"
      "1:\n\t"
      KERNEL_ROWS_GROUP
      KERNEL_ROWS_GROUP
      KERNEL_ROWS_GROUP
      KERNEL_ROWS_GROUP
      "ldr r12, [sp, #4]\n\t"
      "cmp r0, r12\n\t"
      "bne 1b\n\t"
      "ldr lr, [sp]\n\t"
      "stm lr, {r0, r1, r2, r3, r4, r5, r6, r7, r8}\n\t"
      "add sp, #12\n\t"
      "pop {r4, r5, r6, r7, r8, r9, r10, r11, pc}");
}
#endif

/// Multiplies `groups` (not 0) x 4 inputs, to which the halves of `offsets` are added, by those of
/// each row, adds to the sums and moves on.
static inline void kernel_vec_mat_mult_t(
    struct kernel_vec_mat_mult *_Nonnull rows, int32_t groups, uint32_t offsets) {
#if KERNEL_HAS_DSP
  kernel_multiply_row_groups(rows, groups, offsets);
#else
  for (; groups > 0; groups--) {
    uint32_t four = kernel_word(rows->vector);
    uint32_t even = kernel_sxtab16(offsets, four), odd = kernel_sxtab16_ror8(offsets, four);
    uint32_t row0 = kernel_word(rows->row0), row1 = kernel_word(rows->row1);
    uint32_t row2 = kernel_word(rows->row2), row3 = kernel_word(rows->row3);
    rows->sum0 = kernel_smlad(even, kernel_sxtb16(row0), rows->sum0);
    rows->sum0 = kernel_smlad(odd, kernel_sxtb16_ror8(row0), rows->sum0);
    rows->sum1 = kernel_smlad(even, kernel_sxtb16(row1), rows->sum1);
    rows->sum1 = kernel_smlad(odd, kernel_sxtb16_ror8(row1), rows->sum1);
    rows->sum2 = kernel_smlad(even, kernel_sxtb16(row2), rows->sum2);
    rows->sum2 = kernel_smlad(odd, kernel_sxtb16_ror8(row2), rows->sum2);
    rows->sum3 = kernel_smlad(even, kernel_sxtb16(row3), rows->sum3);
    rows->sum3 = kernel_smlad(odd, kernel_sxtb16_ror8(row3), rows->sum3);
    rows->vector += 4;
    rows->row0 += 4;
    rows->row1 += 4;
    rows->row2 += 4;
    rows->row3 += 4;
  }
#endif
}

/// Taps of a depthwise window over four channels: the int8 inputs of the next tap, its weights as
/// two words of 16 bits, channels (0, 2) and (1, 3), and the sums so far.
struct kernel_taps {
  const int8_t *_Nonnull values;
  const uint32_t *_Nonnull weights;
  int32_t sum0, sum1, sum2, sum3;
};

/// Multiplies the inputs of one tap, to which the halves of `offsets` are added, by its weights and
/// moves on, in the inputs by `step` bytes: 4 MAC.
static inline void kernel_multiply_tap(
    struct kernel_taps *_Nonnull taps, uint32_t offsets, int32_t step) {
#if KERNEL_HAS_DSP
  const int8_t *values = taps->values;
  const uint32_t *weights = taps->weights;
  int32_t sum0 = taps->sum0, sum1 = taps->sum1, sum2 = taps->sum2, sum3 = taps->sum3;
  uint32_t even, odd, x, y;
  __asm__("ldr %[x], [%[values]]\n\t"
          "ldrd %[even], %[odd], [%[weights]], #8\n\t"
          "add %[values], %[values], %[step]\n\t"
          "sxtab16 %[y], %[offsets], %[x]\n\t"
          "sxtab16 %[x], %[offsets], %[x], ror #8\n\t"
          "smlabb %[sum0], %[y], %[even], %[sum0]\n\t"
          "smlatt %[sum2], %[y], %[even], %[sum2]\n\t"
          "smlabb %[sum1], %[x], %[odd], %[sum1]\n\t"
          "smlatt %[sum3], %[x], %[odd], %[sum3]"
          : [values] "+r"(values), [weights] "+r"(weights), [sum0] "+r"(sum0), [sum1] "+r"(sum1),
            [sum2] "+r"(sum2), [sum3] "+r"(sum3), [even] "=&r"(even), [odd] "=&r"(odd),
            [x] "=&r"(x), [y] "=&r"(y)
          : [offsets] "r"(offsets), [step] "r"(step)
          : "memory");
  *taps = (struct kernel_taps){values, weights, sum0, sum1, sum2, sum3};
#else
  uint32_t four = kernel_word(taps->values);
  uint32_t even = kernel_sxtab16(offsets, four), odd = kernel_sxtab16_ror8(offsets, four);
  taps->sum0 = kernel_smlabb(even, taps->weights[0], taps->sum0);
  taps->sum1 = kernel_smlabb(odd, taps->weights[1], taps->sum1);
  taps->sum2 = kernel_smlatt(even, taps->weights[0], taps->sum2);
  taps->sum3 = kernel_smlatt(odd, taps->weights[1], taps->sum3);
  taps->values += step;
  taps->weights += 2;
#endif
}

/// The same for three taps `step` bytes apart; then moves on in the inputs by `next` from the first
/// of them: 12 MAC.
static inline void kernel_multiply_three_taps(
    struct kernel_taps *_Nonnull taps, uint32_t offsets, int32_t step, int32_t next) {
#if KERNEL_HAS_DSP
  const int8_t *values = taps->values;
  const uint32_t *weights = taps->weights;
  int32_t sum0 = taps->sum0, sum1 = taps->sum1, sum2 = taps->sum2, sum3 = taps->sum3;
  uint32_t even, odd, x, y;
  __asm__("ldr %[x], [%[values]]\n\t"
          "ldrd %[even], %[odd], [%[weights]], #24\n\t"
          "sxtab16 %[y], %[offsets], %[x]\n\t"
          "sxtab16 %[x], %[offsets], %[x], ror #8\n\t"
          "smlabb %[sum0], %[y], %[even], %[sum0]\n\t"
          "smlatt %[sum2], %[y], %[even], %[sum2]\n\t"
          "smlabb %[sum1], %[x], %[odd], %[sum1]\n\t"
          "smlatt %[sum3], %[x], %[odd], %[sum3]\n\t"
          "ldr %[x], [%[values], %[step]]\n\t"
          "ldrd %[even], %[odd], [%[weights], #-16]\n\t"
          "sxtab16 %[y], %[offsets], %[x]\n\t"
          "sxtab16 %[x], %[offsets], %[x], ror #8\n\t"
          "smlabb %[sum0], %[y], %[even], %[sum0]\n\t"
          "smlatt %[sum2], %[y], %[even], %[sum2]\n\t"
          "smlabb %[sum1], %[x], %[odd], %[sum1]\n\t"
          "smlatt %[sum3], %[x], %[odd], %[sum3]\n\t"
          "ldr %[x], [%[values], %[step], lsl #1]\n\t"
          "ldrd %[even], %[odd], [%[weights], #-8]\n\t"
          "add %[values], %[values], %[next]\n\t"
          "sxtab16 %[y], %[offsets], %[x]\n\t"
          "sxtab16 %[x], %[offsets], %[x], ror #8\n\t"
          "smlabb %[sum0], %[y], %[even], %[sum0]\n\t"
          "smlatt %[sum2], %[y], %[even], %[sum2]\n\t"
          "smlabb %[sum1], %[x], %[odd], %[sum1]\n\t"
          "smlatt %[sum3], %[x], %[odd], %[sum3]"
          : [values] "+r"(values), [weights] "+r"(weights), [sum0] "+r"(sum0), [sum1] "+r"(sum1),
            [sum2] "+r"(sum2), [sum3] "+r"(sum3), [even] "=&r"(even), [odd] "=&r"(odd),
            [x] "=&r"(x), [y] "=&r"(y)
          : [offsets] "r"(offsets), [step] "r"(step), [next] "r"(next)
          : "memory");
  *taps = (struct kernel_taps){values, weights, sum0, sum1, sum2, sum3};
#else
  const int8_t *values = taps->values;
  kernel_multiply_tap(taps, offsets, step);
  kernel_multiply_tap(taps, offsets, step);
  kernel_multiply_tap(taps, offsets, step);
  taps->values = values + next;
#endif
}
