// Sets up UART0 on GPIO0 and GPIO1, and the LED (DS 12.1, 9.11).
#pragma once
#include <stdint.h>

void console_start(void);
/// An output of the processor, low at first.
void pin_output(uint32_t pin);
void pin_toggle(uint32_t pin);
