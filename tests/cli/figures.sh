. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/pdf.sh"

# The scripts of examples/figures.
cp "$EXAMPLES"/figures/*.lua .

check figures options 518.74 'stimulus' 'Neuron (by rate)' '+100' '10 mV/ms' 'bursts' 'as in D' 'no change' 'fewer than 100 spikes' '20 trials'
check figures rasters 518.74 'a closer look' 'a burst' 'inhibitory' 'Neuron (by rate)' 'step of current' '100 ms' '50 Hz' 'seed 7'
check figures brunel 518.74 'External rate (kHz)' '4.5' '2.4' 'Rate (Hz)' 'CV' 'balance'
check figures cells 518.74 'RS' 'IB' 'FS' 'Noise (a.u.)' 'CV' 'too few spikes'
check figures lesion 518.74 'intact' 'recurrent' 'excitation' 'Removed' '95 % interval'
check figures psth 340.157 'Trial' 'Time from stimulus (ms)' 'control' 'inhibition ×3' '100 trials, bin 10 ms' 'stimulus'
check figures fi 252.28 'RS begins' '5 Hz a unit' 'Current (a.u.)'
check figures ring 340.157 '90°' '270°' 'Preferred direction' 'cue at 90°'
check figures eight 518.74 'E2/3' 'I6' 'excitatory' 'layer 4 alone'
check figures slide '720 405' 'Stronger inhibition breaks up the bursts' 'inhibition ×3'
check figures poster 1190.5 'A network that bursts' 'Interspike interval (ms)'
shown figures wave

finish
