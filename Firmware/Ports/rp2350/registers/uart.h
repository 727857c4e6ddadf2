// Bytes through UART0 (DS 12.1, Arm PrimeCell UART PL011), once it is set up.
#pragma once
#include <stdint.h>

/// These two may be called while flash cannot be read.
void uart_put_byte(uint8_t byte);
int uart_works(void);
void uart_wait_until_sent(void);
/// -1 where none came. Those that come while others are sent are kept, up to 512.
int uart_get_byte(void);
