#include "flash.h"
#include "registers.h"

// DS 12.14.5.
#define QMI_DIRECT_CSR 0x400d0000u
#define QMI_DIRECT_TX 0x400d0004u
#define QMI_DIRECT_RX 0x400d0008u
#define QMI_M0_TIMING 0x400d000cu
#define QMI_M0_RFMT 0x400d0010u
#define QMI_M0_RCMD 0x400d0014u

enum {
  direct_enable = 1u << 0,
  direct_busy = 1u << 1,
  direct_select = 1u << 2,
  direct_receive_empty = 1u << 16,
  direct_divisor_shift = 22,
  timing_divisor = 0xff,
  format_width_shift = 8,
  format_prefix = 1u << 12,
  format_double_rate = 1u << 28,
};

// Chips of both boards take the commands in use at 104 MHz or more; at 150 MHz, divisor 1 would be
// above. RXDELAY stays as it is: half cycles of clk_sys, whatever the divisor.
enum { least_divisor = 2, largest_divisor = 256 };

struct flash_state flash_read_state(void) {
  struct flash_state state = {
      .timing = REGISTER(QMI_M0_TIMING),
      .format = REGISTER(QMI_M0_RFMT),
      .command = REGISTER(QMI_M0_RCMD),
  };
  uint32_t divisor = state.timing & timing_divisor;
  state.divisor = divisor ? divisor : 256;
  if (state.format & format_double_rate) state.divisor *= 2;
  state.width = 1u << (state.format >> format_width_shift & 3);
  return state;
}

// CLKDIV is the one field of M0_TIMING that may change while flash is being read, so nothing is set up
// anew. A read past the cache makes sure that it has taken effect before clk_sys becomes faster.
RAM_CODE int flash_set_divisor(uint32_t divisor) {
  if (divisor < least_divisor || divisor > largest_divisor) return -1;
  uint32_t timing = REGISTER(QMI_M0_TIMING) & ~(uint32_t)timing_divisor;
  REGISTER(QMI_M0_TIMING) = timing | (divisor & timing_divisor);
  barrier();
  (void)REGISTER(flash_uncached);
  barrier();
  return 0;
}

RAM_CODE uint32_t flash_read_jedec(void) {
  enum { read_id = 0x9f, divisor = 10, longest_cooldown = 3 * 64 + 256 };
  if (!(REGISTER(QMI_M0_RFMT) & format_prefix)) return 0;
  uint32_t mask = mask_interrupts();
  // Reads keep the chip selected for up to 3 x 64 cycles after their end (COOLDOWN).
  for (uint32_t cycle = 0; cycle < longest_cooldown; cycle++) __asm__ volatile("nop");

  uint32_t before = REGISTER(QMI_DIRECT_CSR);
  uint32_t control = divisor << direct_divisor_shift | direct_enable;
  REGISTER(QMI_DIRECT_CSR) = control;
  while (REGISTER(QMI_DIRECT_CSR) & direct_busy) {
  }
  REGISTER(QMI_DIRECT_CSR) = control | direct_select;
  uint32_t identity = 0;
  for (uint32_t index = 0; index < 4; index++) {
    REGISTER(QMI_DIRECT_TX) = index ? 0 : read_id;
    while (REGISTER(QMI_DIRECT_CSR) & direct_receive_empty) {
    }
    identity = identity << 8 | (REGISTER(QMI_DIRECT_RX) & 0xff);
  }
  while (REGISTER(QMI_DIRECT_CSR) & direct_busy) {
  }
  REGISTER(QMI_DIRECT_CSR) = control;
  REGISTER(QMI_DIRECT_CSR) = before & ~(uint32_t)(direct_enable | direct_select);
  barrier();
  unmask_interrupts(mask);
  return identity & 0xffffff;
}
