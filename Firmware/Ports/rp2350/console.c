#include "console.h"
#include "boards.h"
#include "clocks.h"
#include "registers/registers.h"
#include "resets.h"

// DS 12.1.8, Arm PrimeCell UART PL011.
#define UART0 0x40070000u
#define UARTIBRD (UART0 + 0x24u)
#define UARTFBRD (UART0 + 0x28u)
#define UARTLCR_H (UART0 + 0x2cu)
#define UARTCR (UART0 + 0x30u)
// DS 9.11.1, 9.11.3 and 3.1.11.
#define GPIO_CTRL(pin) (0x40028004u + 8u * (pin))
#define PAD(pin) (0x40038004u + 4u * (pin))
#define SIO_GPIO_OUT_CLR 0xd0000020u
#define SIO_GPIO_OUT_XOR 0xd0000028u
#define SIO_GPIO_OE_SET 0xd0000038u

enum {
  line_8_bits_and_fifos = 3 << 5 | 1 << 4,
  control_on = 1 << 0 | 1 << 8 | 1 << 9,
  function_uart = 2,
  function_sio = 5,
  pad_isolated = 1 << 8,
  pad_output_disable = 1 << 7,
  pad_input_enable = 1 << 6,
  pad_pull_up = 1 << 3,
  pad_pull_down = 1 << 2,
  // In 64ths of the divisor, rounded.
  uart_divisor = (clocks_crystal_hz * 4 + board_baud / 2) / board_baud,
};

// A pad of RP2350 is cut off from its block after a reset, until ISO is cleared (DS 9.7).
static void connect(uint32_t pin, uint32_t function, uint32_t pad) {
  CLEAR(PAD(pin)) = pad_output_disable | pad_pull_up | pad_pull_down | pad_input_enable;
  SET(PAD(pin)) = pad;
  REGISTER(GPIO_CTRL(pin)) = function;
  CLEAR(PAD(pin)) = pad_isolated;
}

void console_start(void) {
  reset_cycle(reset_io_bank0 | reset_pads_bank0 | reset_uart0);
  REGISTER(UARTIBRD) = uart_divisor / 64;
  REGISTER(UARTFBRD) = uart_divisor % 64;
  REGISTER(UARTLCR_H) = line_8_bits_and_fifos;
  REGISTER(UARTCR) = control_on;
  connect(board_transmit, function_uart, 0);
  connect(board_receive, function_uart, pad_input_enable | pad_pull_up);
}

void pin_output(uint32_t pin) {
  REGISTER(SIO_GPIO_OUT_CLR) = 1u << pin;
  REGISTER(SIO_GPIO_OE_SET) = 1u << pin;
  connect(pin, function_sio, 0);
}

void pin_toggle(uint32_t pin) { REGISTER(SIO_GPIO_OUT_XOR) = 1u << pin; }
