#include "second_core.h"
#include "registers.h"

// DS 7.4.4.
#define PSM_FRCE_OFF 0x40018004u
enum { psm_core_1 = 1 << 24 };

// It is not held there: this register outlives a reset by the watchdog or a debugger, and the boot ROM
// starts no program while a bit is set (pico-bootrom-rp2350, varm_boot_path.c).
void second_core_reset(void) {
  SET(PSM_FRCE_OFF) = psm_core_1;
  while (!(REGISTER(PSM_FRCE_OFF) & psm_core_1)) {
  }
  CLEAR(PSM_FRCE_OFF) = psm_core_1;
}
