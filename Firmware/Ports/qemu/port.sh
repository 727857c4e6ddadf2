# What Scripts/firmware takes from a port.
port_sources='Firmware/Ports/qemu/port.c'
port_flags=
port_script=Firmware/Ports/qemu/mps2_an505.ld
