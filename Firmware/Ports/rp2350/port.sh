# What Scripts/firmware takes from a port. Before: BOARD, pico2 or waveshare_rp2350_plus_16mb, and
# CODE, where functions and constants are: flash or sram.
case "$BOARD" in
  pico2) port_flags=-DPORT_PICO2 ;;
  waveshare_rp2350_plus_16mb) port_flags=-DPORT_WAVESHARE_RP2350_PLUS_16MB ;;
  *) echo "rp2350: there is no board $BOARD; use pico2 or waveshare_rp2350_plus_16mb" >&2; exit 2 ;;
esac
case "${CODE:-flash}" in
  flash | sram) ;;
  *) echo "rp2350: CODE=$CODE; use flash or sram" >&2; exit 2 ;;
esac
port_sources=$(printf 'Firmware/Ports/rp2350/%s ' image_blocks.S start.c faults.c \
  faults_on_uart.c cores.c clocks.c pll.c console.c counters.c port.c registers/flash.c registers/cache.c registers/cycles.c registers/dma.c \
  registers/second_core.c \
  registers/uart.c registers/worker.c)
port_flags="$port_flags -IFirmware/Ports/rp2350 -LFirmware/Ports/rp2350"
port_script=Firmware/Ports/rp2350/${BOARD}_code_in_${CODE:-flash}.ld
