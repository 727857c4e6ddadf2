// UART0 on GPIO0 and GPIO1 (DS 12.1, 9.11).
#pragma once
#include <stdint.h>

void console_start(void);
/// These two may be called while flash cannot be read.
void console_put(uint8_t byte);
int console_works(void);
void console_flush(void);
int console_get(void);

/// An output of the processor, low at first.
void pin_output(uint32_t pin);
void pin_toggle(uint32_t pin);
