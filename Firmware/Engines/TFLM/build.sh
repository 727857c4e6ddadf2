# shellcheck shell=sh
# Compiles pico-tflmicro, from the folder that the user gives, and the engine on it. For Scripts/firmware.
#
# The list of sources is that of pico-tflmicro's own build. Two files need pico-sdk and are left out: the
# clock, which the engine's profiler does without, and the console, which the engine has. Signal
# processing is left out too.
[ "$dsp" = on ] || fail 'TFLM cannot be built with DSP=off' \
  'pico-tflmicro then shares matrix products between the cores by pico-sdk; leave one of the two out.'
need_tools arm-none-eabi-g++:cstddef arm-none-eabi-ar

tflm_flags="$machine -O3 -ffunction-sections -fdata-sections -DTF_LITE_STATIC_MEMORY=1
  -DTF_LITE_DISABLE_X86_NEON=1 -DCMSIS_NN=1 -DARDUINO=1 -DNDEBUG -w
  -I Firmware/Engines/TFLM -I $tflm/src -I $tflm/src/third_party/ruy -I $tflm/src/third_party/gemmlowp
  -I $tflm/src/third_party/kissfft -I $tflm/src/third_party/flatbuffers
  -I $tflm/src/third_party/flatbuffers/include
  -I $tflm/src/third_party/cmsis/CMSIS/Core/Include -I $tflm/src/third_party/cmsis_nn
  -I $tflm/src/third_party/cmsis_nn/Include"
tflm_cpp="-std=c++17 -fno-rtti -fno-exceptions -fno-threadsafe-statics"

# The same for every image.
tflm_objects=build/firmware/tflm
tflm_sources=$(sed '/add_library(pico-tflmicro_test/,$d' "$tflm/CMakeLists.txt" |
  grep -oE "src/[^ )]*\.(c|cc|cpp)$" | LC_ALL=C sort -u |
  grep -v -e '/micro_time\.cpp$' -e '/system_setup\.cpp$' -e '^src/signal/' -e '/kissfft/')
tflm_key=$(echo "$tflm_sources $tflm_flags" | cksum)
libraries=$tflm_objects/libtflm.a
if ! current "$libraries" "$tflm_key"; then
  say "pico-tflmicro, $(echo "$tflm_sources" | wc -l) files: some minutes, once"
  # Objects of another checkout would get into the library.
  rm -rf "$tflm_objects"
  mkdir -p "$tflm_objects"
  for source in $tflm_sources; do
    case $source in *.c) compile='arm-none-eabi-gcc -std=gnu11' ;; *) compile="arm-none-eabi-g++ $tflm_cpp" ;; esac
    # shellcheck disable=SC2086
    echo $compile $tflm_flags -c "$tflm/$source" -o "$tflm_objects/$(echo "$source" | tr '/' '-').o"
  done | xargs -P "$(getconf _NPROCESSORS_ONLN)" -d '\n' -n 1 sh -c ||
    fail 'pico-tflmicro does not build' 'The compiler says why, above.'
  arm-none-eabi-ar rcs "$libraries" "$tflm_objects"/*.o
  echo "$tflm_key" >"$libraries.key"
fi
# shellcheck disable=SC2086
arm-none-eabi-g++ $tflm_cpp $tflm_flags -I Firmware/Interface -c Firmware/Engines/TFLM/engine_tflm.cpp \
  -o "$objects/engine_tflm.o" || fail 'the TFLM engine does not build' 'The compiler says why, above.'
c_objects="$c_objects $objects/engine_tflm.o"
# pico-sdk has files of its own.
if [ -z "$sdk" ] || [ "$port" != rp2350 ]; then
  # shellcheck disable=SC2086
  arm-none-eabi-gcc $c_flags -c Firmware/Engines/TFLM/files.c -o "$objects/files.o"
  c_objects="$c_objects $objects/files.o"
fi
