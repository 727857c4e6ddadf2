// Sums of int8 windows, four channels at a time.
#pragma once
#include "kernel_intrinsics.h"

/// Where a window lies: its first element's first channel, bytes from element to element and from row
/// to row, and its size.
struct kernel_window {
  const int8_t *_Nonnull start;
  int32_t step, row_step;
  int32_t height, width;
  /// Of channels 0 ... 3.
  int32_t sums[4];
};

/// Makes the sums of four channels of a window.
///
/// Halves of 16 bits hold the sums of 255 elements, as 255 x 128 < 2^15; what they have by
/// then goes to 32 bits.
__attribute__((noinline)) static void kernel_sum_window(
    struct kernel_window *_Nonnull window) {
  const int32_t most = 255;
  int32_t sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
  uint32_t even = 0, odd = 0;
  int32_t room = most;
  const int8_t *row = window->start;
  for (int32_t y = 0; y < window->height; y++, row += window->row_step) {
    const int8_t *element = row;
    int32_t left = window->width;
    while (left > 0) {
      int32_t run = left < room ? left : room;
      left -= run;
      room -= run;
      for (; run > 0; run--, element += window->step) {
        uint32_t four;
        __builtin_memcpy(&four, element, 4);
        even = kernel_sxtab16(even, four);
        odd = kernel_sxtab16_ror8(odd, four);
      }
      if (room == 0) {
        sum0 += (int16_t)even;
        sum1 += (int16_t)odd;
        sum2 += (int16_t)(even >> 16);
        sum3 += (int16_t)(odd >> 16);
        even = odd = 0;
        room = most;
      }
    }
  }
  window->sums[0] = sum0 + (int16_t)even;
  window->sums[1] = sum1 + (int16_t)odd;
  window->sums[2] = sum2 + (int16_t)(even >> 16);
  window->sums[3] = sum3 + (int16_t)(odd >> 16);
}
