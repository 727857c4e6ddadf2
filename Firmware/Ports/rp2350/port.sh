# What Scripts/firmware takes from a port. Before: BOARD, of data/boards.csv, and CODE, where functions and
# constants are: flash or sram.
case "${CODE:-flash}" in
  flash | sram) ;;
  *) echo "rp2350: CODE=$CODE; use flash or sram" >&2; exit 2 ;;
esac
port_sources=$(printf 'Firmware/Ports/rp2350/%s ' image_blocks.S start.c faults.c \
  faults_on_uart.c cores.c clocks.c pll.c console.c counters.c port.c registers/flash.c registers/cache.c registers/cycles.c registers/dma.c \
  registers/second_core.c \
  registers/uart.c registers/worker.c)
port_flags="-DPORT_BOARD=\"$BOARD\" -IFirmware/Ports/rp2350 -LFirmware/Ports/rp2350"
port_script=Firmware/Ports/rp2350/code_in_${CODE:-flash}.ld
