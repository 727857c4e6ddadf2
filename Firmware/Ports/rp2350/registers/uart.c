#include "uart.h"
#include "registers.h"

// DS 12.1.8 and 7.5.3.
#define UARTDR 0x40070000u
#define UARTFR 0x40070018u
#define UARTCR 0x40070030u
#define RESETS_RESET_DONE 0x40020008u

enum {
  reset_done_uart0 = 1 << 26,
  flags_busy = 1 << 3,
  flags_receive_empty = 1 << 4,
  flags_transmit_full = 1 << 5,
  data_framing_parity_or_break = 7 << 8,
  control_on_and_transmits = 1 << 0 | 1 << 8,
};

RAM_CODE int uart_works(void) {
  if (!(REGISTER(RESETS_RESET_DONE) & reset_done_uart0)) return 0;
  return (REGISTER(UARTCR) & control_on_and_transmits) == control_on_and_transmits;
}

// What came while something was sent: the UART itself keeps 32 bytes, and a host that sends commands in
// a row does not wait for the answers.
enum { queue_bytes = 512 };
static uint8_t queue[queue_bytes];
static uint32_t queue_first, queue_end;

// A byte comes damaged when a cable is plugged in.
RAM_CODE static void receive(void) {
  while (!(REGISTER(UARTFR) & flags_receive_empty) && queue_end - queue_first < queue_bytes) {
    uint32_t data = REGISTER(UARTDR);
    if (!(data & data_framing_parity_or_break)) queue[queue_end++ % queue_bytes] = (uint8_t)data;
  }
}

RAM_CODE void uart_put_byte(uint8_t byte) {
  while (REGISTER(UARTFR) & flags_transmit_full) receive();
  REGISTER(UARTDR) = byte;
}

void uart_wait_until_sent(void) {
  while (REGISTER(UARTFR) & flags_busy) receive();
}

int uart_get_byte(void) {
  receive();
  return queue_first == queue_end ? -1 : queue[queue_first++ % queue_bytes];
}
