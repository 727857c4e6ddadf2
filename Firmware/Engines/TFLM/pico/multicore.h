// One file of pico-tflmicro includes this of pico-sdk without needing it where there is a DSP extension.
#pragma once
