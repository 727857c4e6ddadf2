// What nobody expected: said on the console, as a comment of the log. It may be that flash cannot be
// read any more, so nothing here is in flash.
#include "registers/registers.h"
#include "registers/uart.h"
#include "start.h"

// Armv8-M Architecture Reference Manual D1.2.
#define CFSR 0xe000ed28u
#define HFSR 0xe000ed2cu
#define MMFAR 0xe000ed34u
#define BFAR 0xe000ed38u
#define SRAM_START 0x20000000u
#define SRAM_LIMIT 0x20082000u

__attribute__((noreturn)) void port_fail(void);
__attribute__((noreturn, used)) void fault_report(const uint32_t *frame, uint32_t exception);

// The program's stack may be full: another one.
__attribute__((used, aligned(8))) static uint32_t fault_stack[128];

RAM_CODE __attribute__((naked)) void fault_entry(void) {
  __asm__ volatile(
      "movs r2, #0\n\t"
      "mrs r0, msp\n\t"
      "mrs r1, ipsr\n\t"
      "msr msplim, r2\n\t"
      "ldr r2, =fault_stack + 512\n\t"
      "mov sp, r2\n\t"
      "b fault_report\n\t"
      ".ltorg");
}

RAM_CODE static void say(const char *text) {
  for (; *text; text++) uart_put_byte((uint8_t)*text);
}

RAM_CODE static void say_hexadecimal(uint32_t value) {
  for (int shift = 28; shift >= 0; shift -= 4) {
    uint32_t digit = value >> shift & 15;
    uart_put_byte((uint8_t)(digit + (digit < 10 ? '0' : 'a' - 10)));
  }
}

RAM_CODE __attribute__((noreturn)) static void stop(void) {
  static char end[] = "\r\n";
  if (uart_works()) say(end);
  for (;;) __asm__ volatile("cpsid i\n\twfi");
}

RAM_CODE void fault_report(const uint32_t *frame, uint32_t exception) {
  static char names[][14] = {"exception 0x", " at 0x", " from 0x", " cfsr 0x", " hfsr 0x",
                             " mmfar 0x", " bfar 0x"};
  static char start[] = "\r\n# fault: ";
  int readable = (uint32_t)frame >= SRAM_START && (uint32_t)frame <= SRAM_LIMIT - 32;
  uint32_t values[] = {exception,      readable ? frame[6] : 0, readable ? frame[5] : 0,
                       REGISTER(CFSR), REGISTER(HFSR),          REGISTER(MMFAR),
                       REGISTER(BFAR)};
  if (uart_works()) {
    say(start);
    for (uint32_t index = 0; index < sizeof values / sizeof values[0]; index++) {
      say(names[index]);
      say_hexadecimal(values[index]);
    }
  }
  stop();
}

// What the C library's abort and Swift's stack protector come to.
RAM_CODE void port_fail(void) {
  static char text[] = "\r\n# fault: the program broke off";
  if (uart_works()) say(text);
  stop();
}
