. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/pdf.sh"

# The scripts of examples/gallery.
cp "$EXAMPLES"/gallery/*.lua .
single='252\.28' double='518\.74'

check gallery raster $single 'Neuron' 'Rate (Hz)' 'Time (ms)' 'inhibition ×3' 'as published' 'bin 5 ms'
check gallery rate $single 'Rate (Hz)' 'control' 'change' 'Gaussian kernel' 'σ = 10 ms'
check gallery trace $double 'v (mV)' 'u (a.u.)' 'chattering' '50 ms' '20 mV' '−80'
check gallery curve $double 'Current (a.u.)' 'Strength of inhibition' 'FS' 'LTS' 'mean ± s.e.m.'
check gallery histogram $double 'Interspike interval (ms)' 'Neurons' 'Weight (a.u.)' '5 bins a decade'
check gallery spectrum $single 'Frequency (Hz)' 'Power (Hz²/Hz)' 'resolution'
check gallery phase $double 'v (mV)' 'u (pA)' 'trajectory' 'unstable' 'I = 100 pA'
check gallery matrix $double 'From neuron' 'To neuron' 'Weight' 'Coefficient'
check gallery page $double 'A' 'B' 'C' 'D' 'E' 'rates' 'intervals'
shown gallery network

finish
