# Builds the image on pico-sdk, for Scripts/firmware, which has set sdk, tflm, board, folder, image,
# c_sources, table, swift_objects and c_optimisation.
#
# CONSOLE is usb or uart; where it is not set, usb if the SDK has TinyUSB.
[ "$code" = flash ] || fail 'CODE=sram is not for pico-sdk' 'Leave PICO_SDK_PATH out.'
[ "$dsp" = on ] || fail 'DSP=off is not for pico-sdk' 'Leave PICO_SDK_PATH out.'
need_tools cmake python3 arm-none-eabi-g++:cstddef
console=${CONSOLE:-}
if [ -z "$console" ]; then
  if [ -e "$sdk/lib/tinyusb/src/tusb.h" ]; then console=usb; else console=uart; fi
fi
case $console in
  usb | uart) say "pico-sdk, console on $console" ;;
  *) fail "CONSOLE is '$console'" 'It is usb or uart.' ;;
esac

c_objects=
libraries=
# CMake keeps where the SDK is: another SDK, another folder.
sdk=$(cd "$sdk" && pwd)
sdk_folder=$folder/sdk-$(echo "$sdk" | cksum | cut -d ' ' -f 1)
if [ -n "$tflm" ]; then
  # shellcheck disable=SC1091
  . Firmware/Engines/TFLM/build.sh
fi
# absolute FILE... : CMake's lists have ';' between what they hold.
absolute() {
  here=$(pwd)
  for each in "$@"; do
    case $each in /*) printf '%s;' "$each" ;; *) printf '%s;' "$here/$each" ;; esac
  done
}
sdk_sources=
for each in $c_sources "$table.S"; do
  # The SDK's build has this one of its own accord.
  case $each in */common/runtime.c) ;; *) sdk_sources="$sdk_sources $each" ;; esac
done
# shellcheck disable=SC2086 # Several files on purpose.
cmake -S Firmware/Ports/pico-sdk -B "$sdk_folder" -DPICO_SDK_PATH="$sdk" -DPICO_BOARD="$board" \
  -DPICO_PLATFORM=rp2350-arm-s -DPICO_NO_PICOTOOL=1 -DFIRMWARE_CONSOLE="$console" \
  -DFIRMWARE_OPTIMISATION="$c_optimisation" -DFIRMWARE_SOURCES="$(absolute $sdk_sources)" \
  -DFIRMWARE_OBJECTS="$(absolute $swift_objects $c_objects $libraries)" >"$folder/sdk.log" 2>&1 || {
  cat "$folder/sdk.log" >&2
  fail 'CMake cannot configure the build on pico-sdk' 'It says why, above.'
}
cmake --build "$sdk_folder" -j "$(getconf _NPROCESSORS_ONLN)" >"$folder/sdk.log" 2>&1 || {
  tail -n 40 "$folder/sdk.log" >&2
  fail 'the image on pico-sdk does not build' 'The compiler says why, above.'
}
cp "$sdk_folder/firmware.elf" "$image.elf"
