// A UART sends bytes without interrupts and without flash: a fault is said at once.
#include "faults.h"
#include "registers/registers.h"
#include "registers/uart.h"

RAM_CODE void fault_end(const struct fault *fault) {
  if (uart_works()) fault_say(fault, uart_put_byte);
  for (;;) __asm__ volatile("cpsid i\n\twfi");
}
