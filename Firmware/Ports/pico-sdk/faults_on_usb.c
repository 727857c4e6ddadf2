// USB needs interrupts and code in flash, neither of which a fault leaves. So it is kept in SRAM through a
// reset by the watchdog, and said when the host is back.
#include "faults_on_usb.h"
#include "port.h"
#include "registers/registers.h"

// DS 12.9.7.
#define WATCHDOG_CTRL 0x400d8000u
#define WATCHDOG_SCRATCH4 0x400d801cu
// DS 7.4.4: what is kept in reset, and what the watchdog resets.
#define PSM_FRCE_OFF 0x40018004u
#define PSM_WDSEL 0x40018008u

enum {
  psm_all = 0x01ffffff,
  psm_oscillators = 1 << 2 | 1 << 3,
  mark = 0x6661756c,
};
#define WATCHDOG_TRIGGER (1u << 31)

// The SDK does not clear variables there at the start. After a cold start they are anything.
__attribute__((section(".uninitialized_data.fault"))) static struct {
  uint32_t mark;
  struct fault fault;
  uint32_t check;
} kept;

RAM_CODE static uint32_t check(const struct fault *fault) {
  uint32_t all = fault->exception ^ fault->at ^ fault->from;
  return ~(all ^ fault->cfsr ^ fault->hfsr ^ fault->mmfar ^ fault->bfar);
}

RAM_CODE void fault_end(const struct fault *fault) {
  __asm__ volatile("cpsid i");
  kept.fault = *fault;
  kept.check = check(fault);
  kept.mark = mark;
  barrier();
  // 0: the boot ROM starts the program as after any other reset.
  REGISTER(WATCHDOG_SCRATCH4) = 0;
  // A second core that was just being reset; the boot ROM would not start while a bit is set.
  CLEAR(PSM_FRCE_OFF) = psm_all;
  SET(PSM_WDSEL) = psm_all & ~psm_oscillators;
  SET(WATCHDOG_CTRL) = WATCHDOG_TRIGGER;
  for (;;) {
  }
}

void fault_say_kept(void) {
  int is_kept = kept.mark == mark && kept.check == check(&kept.fault);
  kept.mark = 0;
  if (!is_kept) return;
  fault_say(&kept.fault, port_put);
  // As on a UART: whoever reads it resets the board.
  port_end(1);
}
