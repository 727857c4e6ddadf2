#include "faults.h"
#include "registers/registers.h"

#define CFSR 0xe000ed28u
#define HFSR 0xe000ed2cu
#define MMFAR 0xe000ed34u
#define BFAR 0xe000ed38u
#define SRAM_START 0x20000000u
#define SRAM_LIMIT 0x20082000u

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

RAM_CODE void fault_report(const uint32_t *frame, uint32_t exception) {
  int readable = (uint32_t)frame >= SRAM_START && (uint32_t)frame <= SRAM_LIMIT - 32;
  struct fault fault = {
      .exception = exception,
      .at = readable ? frame[6] : 0,
      .from = readable ? frame[5] : 0,
      .cfsr = REGISTER(CFSR),
      .hfsr = REGISTER(HFSR),
      .mmfar = REGISTER(MMFAR),
      .bfar = REGISTER(BFAR),
  };
  fault_end(&fault);
}

RAM_CODE void port_fail(void) {
  // Zeros that are there: the compiler would call memset, which may be in flash.
  static struct fault nothing;
  fault_end(&nothing);
}

RAM_CODE static void say(const char *text, void (*put)(uint8_t)) {
  for (; *text; text++) put((uint8_t)*text);
}

RAM_CODE static void say_hexadecimal(uint32_t value, void (*put)(uint8_t)) {
  for (int shift = 28; shift >= 0; shift -= 4) {
    uint32_t digit = value >> shift & 15;
    put((uint8_t)(digit + (digit < 10 ? '0' : 'a' - 10)));
  }
}

// Texts are variables, which are in SRAM.
RAM_CODE void fault_say(const struct fault *fault, void (*put)(uint8_t)) {
  static char start[] = "\r\n# fault: ", end[] = "\r\n", broke_off[] = "the program broke off";
  static char names[][14] = {"exception 0x", " at 0x", " from 0x", " cfsr 0x", " hfsr 0x",
                             " mmfar 0x", " bfar 0x"};
  uint32_t values[] = {fault->exception, fault->at,    fault->from, fault->cfsr,
                       fault->hfsr,      fault->mmfar, fault->bfar};
  say(start, put);
  if (fault->exception) {
    for (uint32_t index = 0; index < sizeof values / sizeof values[0]; index++) {
      say(names[index], put);
      say_hexadecimal(values[index], put);
    }
  } else {
    say(broke_off, put);
  }
  say(end, put);
}
