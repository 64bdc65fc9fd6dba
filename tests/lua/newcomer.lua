-- What people write who come from Brian2, NEST, PyNN or MATLAB, and what they are told: the name that they mean here, or
-- what to write in its place. Each whole message; the network is as if nothing had been said.
local izh = require "izhlua"
local check = require "check"

local cases = [==[

-- izh
izh.NeuronGroup(100)
  izhlua: unknown member "NeuronGroup" (neurons are made by net:population(name, size, cell))
izh.Synapses()
  izhlua: unknown member "Synapses" (synapses are made by net:connect(pre, post, { weight = … }))
izh.SpikeMonitor(E)
  izhlua: unknown member "SpikeMonitor" (all spikes are kept: net:spikes())
izh.StateMonitor(E, "v")
  izhlua: unknown member "StateMonitor" (what is recorded is named before the run: net:record(E, { "v" }))
izh.PoissonGroup(100, 10)
  izhlua: unknown member "PoissonGroup" (did you mean "poisson"?)
izh.TimedArray
  izhlua: unknown member "TimedArray" (did you mean "current"?)
izh.Create("izhikevich", 10)
  izhlua: unknown member "Create" (neurons are made by net:population(name, size, cell))
izh.setup{ timestep = 0.1 }
  izhlua: unknown member "setup" (did you mean "network"?)
izh.Simulate(1000)
  izhlua: unknown member "Simulate" (a network runs by net:run(ms))
izh.seed(3)
  izhlua: unknown member "seed" (the seed is the network's: izh.network{ seed = 7 })
izh.ms
  izhlua: unknown member "ms" (there are no units to write: times are numbers in ms, potentials in mV, rates in Hz)
izh.plot({ 1, 2 })
  izhlua: unknown member "plot" (did you mean "curve"?)
izh.hist({ 1, 2 })
  izhlua: unknown member "hist" (did you mean "histogram"?)
izh.step{ amplitude = 5 }
  izhlua: unknown member "step" (did you mean "current"?)
izh.OrnsteinUhlenbeck(5, 10)
  izhlua: unknown member "OrnsteinUhlenbeck" (noise with a time constant is izh.noise{ sd = 5, tau = 10 })
izh.STDP()
  izhlua: unknown member "STDP" (weights do not learn by themselves; short-term plasticity is the option stp of net:connect)
izh.boxplot({ 1, 2 })
  izhlua: unknown member "boxplot" (did you mean "strip"?)
izh.fano(1)
  izhlua: unknown member "fano" (measures are methods of spikes: net:spikes():cv())
izh.subplot(2, 1, 1)
  izhlua: unknown member "subplot" (did you mean "figure"?)
izh.save("x.pdf")
  izhlua: unknown member "save" (each thing saves itself: figure:save(path), spikes:save(path), net:save(path))
izh.show()
  izhlua: unknown member "show" (figures are saved; izhlua --open script.lua shows those that were)
izh.randn(3)
  izhlua: unknown member "randn" (did you mean "noise"?)
izh.spike_generator{ times = { 1 } }
  izhlua: unknown member "spike_generator" (did you mean "spike_train"?)

-- izh.network
izh.network{ N = 100 }
  network: unknown option "N" (its neurons are made by net:population(name, size, cell))
izh.network{ timestep = 0.1 }
  network: unknown option "timestep" (did you mean "dt"?)
izh.network{ rng_seed = 3 }
  network: unknown option "rng_seed" (did you mean "seed"?)
izh.network{ method = "euler" }
  network: unknown option "method" (did you mean "integrator"?)
izh.network{ integrator = "rk45" }
  network: unknown integrator "rk45" (did you mean "exact"?)
izh.network{ integrator = "RungeKutta4" }
  network: unknown integrator "RungeKutta4" (did you mean "rk4"?)
izh.network{ duration = 1000 }
  network: unknown option "duration" (net:run(ms) says how long it runs)

-- members of a network
net.t
  network: unknown member "t" (did you mean "time"?)
net.N
  network: unknown member "N" (did you mean "size"?)
net:simulate(5)
  network: unknown member "simulate" (did you mean "run"?)
net:create("E", 5)
  network: unknown member "create" (did you mean "population"?)
net:monitor(E)
  network: unknown member "monitor" (did you mean "record"?)
net.synapses
  network: unknown member "synapses" (did you mean "projections"?)
net:firing_rate()
  network: unknown member "firing_rate" (measures are of spikes: net:spikes():mean_firing_rate())
net:store()
  network: unknown member "store" (did you mean "snapshot"?)
net:plot()
  network: unknown member "plot" (did you mean "raster"?)

-- cells
net:population("A", 3, { a = 0.02, b = 0.2, c = -65, d = 8, C = 100 })
  population: "C" is a quantity of izhikevich2007, qif; the model here is izhikevich2003
net:population("A", 3, { a = 0.02, b = 0.2, c = -65, d = 8, V_m = -65 })
  population: unknown option "V_m" (did you mean "v0"?)
net:population("A", 3, { a = 0.02, b = 0.2, v_reset = -65, d = 8 })
  population: unknown option "v_reset" (did you mean "c"?)
net:population("A", 3, { a = 0.02, b = 0.2, c = -65, d = 8, V_th = 30 })
  population: unknown option "V_th" (the models of 2003 and 2004 have their peak at 30 mV and no other threshold)
net:population("A", 3, { a = 0.02, b = 0.2, c = -65, d = 8, I_e = 5 })
  population: unknown option "I_e" (an input current is a stimulus: net:stimulate(E, izh.current(5)))
net:population("A", 3, "RS2007", { C_m = 100 })
  population: unknown option "C_m" (did you mean "C"?)
net:population("A", 3, "RS2007", { E_L = -60 })
  population: unknown option "E_L" (did you mean "vr"?)
net:population("A", 3, "RS2007", { V_peak = 30 })
  population: unknown option "V_peak" (did you mean "vpeak"?)
net:population("A", 3, "RS", { t_ref = 2 })
  population: unknown option "t_ref" (this model has no refractory period: c, d and u make it pause; lif has one)
net:population("A", 3, "RS", { tau_syn_ex = 2 })
  population: unknown option "tau_syn_ex" (synapses are described where they are made: net:connect(E, I, { synapse = "exp", tau = 5, … }))
net:population("A", 3, "RS", { v_init = -65 })
  population: unknown option "v_init" (did you mean "v0"?)
net:population("A", 3, "izhikevich")
  population: unknown cell "izhikevich" (did you mean "RS"?)
net:population("A", 3, "iaf_psc_alpha")
  population: unknown cell "iaf_psc_alpha" (a cell of that model is a table: { model = "lif", tau =, R =, vr =, vt =, c = })
net:population("A", 3, "excitatory")
  population: unknown cell "excitatory" (did you mean "RS"?)
net:population("A", 3, { model = "Izhikevich", a = 0.02, b = 0.2, c = -65, d = 8 })
  population: unknown model "Izhikevich" (did you mean "izhikevich2003"?)
E:set("C", 100)
  set: "C" is a quantity of izhikevich2007, qif; the model here is izhikevich2003
E:get("vr")
  get: "vr" is a quantity of izhikevich2007, lif, qif; the model here is izhikevich2003
E:set{ v_init = -65 }
  set: unknown option "v_init" (did you mean "v"?)
net:population("A", 3, { a = 0.02, b = 0.2, c = 65, d = 8 })
  population: c must be below the peak of 30 mV, or the neuron fires in every step (got 65 for neuron 1 of population "A"; is it negative?)
net:population("A", 3, "RS2007", { c = { -50, 40, -50 } })
  population: c must be below the peak of 35 mV, or the neuron fires in every step (got 40 for neuron 2 of population "A"; is it negative?)
E:set("c", 65)
  set: c must be below the peak of 30 mV, or the neuron fires in every step (got 65 for neuron 1 of population "E"; is it negative?)
net:population("A", 1, { model = "lif", tau = 10, R = 1, vr = -65, vt = -50, c = -50 })
  population: c must be below the peak of -50 mV, or the neuron fires in every step (got -50 for neuron 1 of population "A")

-- members of a population
E.v
  population: unknown member "v" (the state of its neurons is E:get("v"), and E:set("v", -65) sets it)
E.N
  population: unknown member "N" (did you mean "size"?)
E.I = 5
  population: "I" cannot be assigned: a current is net:stimulate(E, izh.current(5))
E.v = -65
  population: "v" cannot be assigned: the state of its neurons is E:get("v"), and E:set("v", -65) sets it
E[1]
  population: a member is a name (got 1); E{3, 5} is a slice, E.ids are the ids
E:inject(izh.current(5))
  population: unknown member "inject" (a current is net:stimulate(E, izh.current(5)))
E:record("v")
  population: unknown member "record" (net:record(E, { "v" }))
E:firing_rate()
  population: unknown member "firing_rate" (net:spikes{ of = E })
E:kill()
  population: unknown member "kill" (did you mean "silence"?)
E:release()
  release: no neuron of this population "E" is clamped or silenced: there is nothing to release
E:slice(2, 3):release()
  release: no neuron of this slice of population "E" is clamped or silenced: there is nothing to release

-- connections
net:connect(E, I, { rule = "FixedProbabilityConnector", p = 0.1, weight = 1 })
  connect: unknown rule "FixedProbabilityConnector" (did you mean "pairwise_bernoulli"?)
net:connect(E, I, { rule = "random", p = 0.1, weight = 1 })
  connect: unknown rule "random" (did you mean "pairwise_bernoulli"?)
net:connect(E, I, { rule = "fixed_number_pre", n = 3, weight = 1 })
  connect: unknown rule "fixed_number_pre" (did you mean "fixed_indegree"?)
net:connect(E, I, { rule = "fixed_indegree", indegree = 3, weight = 1 })
  connect: unknown option "indegree" (did you mean "n"?)
net:connect(E, I, { probability = 0.1, weight = 1 })
  connect: unknown option "probability" (did you mean "p"?)
net:connect(E, I, { w = 1 })
  connect: unknown option "w" (did you mean "weight"?)
net:connect(E, I, { weight = 1, delay_ms = 2 })
  connect: unknown option "delay_ms" (did you mean "delay"?)
net:connect(E, I, { weight = 1, tau_syn = 2 })
  connect: unknown option "tau_syn" (did you mean "tau"?)
net:connect(E, I, { weight = 1, allow_autapses = true })
  connect: unknown option "allow_autapses" (did you mean "autapses"?)
net:connect(E, I, { weight = 1, synapse = "AMPA" })
  connect: unknown synapse "AMPA" (a fast excitatory conductance is synapse = "exp", tau = 5, reversal = 0)
net:connect(E, I, { weight = 1, synapse = "GABA_A" })
  connect: unknown synapse "GABA_A" (an inhibitory conductance is synapse = "exp", tau = 6, reversal = -70; or a current: weight < 0)
net:connect(E, I, { weight = 1, synapse = "exponential", tau = 5 })
  connect: unknown synapse "exponential" (did you mean "exp"?)
net:connect(E, I, { weight = 1, synapse = "stdp_synapse" })
  connect: unknown synapse "stdp_synapse" (a synapse says what a spike does: pulse, delta, exp or alpha; its weight stays)
net:connect(E, I, { weight = 1, receptor_type = "inhibitory" })
  connect: unknown option "receptor_type" (did you mean "synapse"?)
net:connect(E, I, { weight = 1, on_pre = "v += w" })
  connect: unknown option "on_pre" (what a spike does is said by weight and synapse = "pulse", "delta", "exp" or "alpha")
net:connect(E, I, { weight = 1, label = "x" })
  connect: unknown option "label" (did you mean "name"?)
net:connect(E, I, { weight = 1, i = { 1 }, j = { 2 } })
  connect: unknown option "i" (did you mean "pairs"?)
P.w
  projection: unknown member "w" (its numbers are projection:get("weight") and get("delay"))
P:remove()
  projection: unknown member "remove" (did you mean "disable"?)

-- stimuli
izh.noise{ std = 5 }
  noise: unknown option "std" (did you mean "sd"?)
izh.noise{ sigma = 5 }
  noise: unknown option "sigma" (did you mean "sd"?)
izh.noise{ amp = 5 }
  noise: unknown option "amp" (did you mean "sd"?)
izh.noise{ sd = 5, mu = 1 }
  noise: unknown option "mu" (did you mean "mean"?)
izh.noise{ sd = 5, dt = 0.5 }
  noise: unknown option "dt" (did you mean "every"?)
izh.current{ amp = 5 }
  current: unknown option "amp" (did you mean "amplitude"?)
izh.current{ amplitude = 5, start = 100, stop = 200 }
  current: start makes it a ramp, which has no option amplitude (did you mean "from" by start?)
izh.current{ amplitude = 5, from = 100, duration = 200 }
  current: unknown option "duration" (to is the time when it ends: from + duration)
izh.current{ amplitude_times = { 1 }, amplitude_values = { 2 } }
  current: unknown option "amplitude_times" (did you mean "times"?)
izh.current{ amplitude = 5, freq = 10 }
  current: unknown option "freq" (did you mean "frequency"?)
izh.poisson{ freq = 10, weight = 1 }
  poisson: unknown option "freq" (did you mean "rate"?)
izh.poisson{ rate = 10, weight = 1, N = 5 }
  poisson: unknown option "N" (did you mean "n"?)
izh.spike_train{ spike_times = { 1 }, weight = 1 }
  spike_train: unknown option "spike_times" (did you mean "times"?)
N:remove()
  stimulus: unknown member "remove" (did you mean "stop"?)
N.sd = 5
  stimulus: "sd" cannot be assigned: it is stimulus:get("current"), and stimulus:set{ … } changes it

-- recording
net:record(E, { "V_m" })
  record: unknown variable "V_m" (did you mean "v"?)
net:record(E, { "I_syn" })
  record: unknown variable "I_syn" (did you mean "i"?)
net:record(E, { "spikes" })
  record: unknown variable "spikes" (spikes are always kept: net:spikes())
net:record(E, { "v" }, { interval = 1 })
  record: unknown option "interval" (did you mean "every"?)
net:record(E, { "v" }, { dt = 1 })
  record: unknown option "dt" (did you mean "every"?)
R.t
  recording: unknown member "t" (did you mean "times"?)
R.v
  recording: unknown member "v" (did you mean "values"?)
R:mean()
  recording: unknown member "mean" (values are vectors: recording:values("v", 1):mean())

-- spikes and vectors
S.t
  spikes: unknown member "t" (did you mean "times"?)
S.i
  spikes: unknown member "i" (did you mean "senders"?)
S.count
  spikes: unknown member "count" (did you mean "size"?)
S:rate()
  spikes: unknown member "rate" (did you mean "mean_firing_rate"?)
S:fano()
  spikes: unknown member "fano" (did you mean "fanofactor"?)
S:corrcoef()
  spikes: unknown member "corrcoef" (did you mean "correlation_coefficient"?)
S:psth()
  spikes: unknown member "psth" (did you mean "time_histogram"?)
S:plot()
  spikes: unknown member "plot" (izh.figure{ izh.raster(spikes) }:save("raster.pdf"))
S:trains()
  spikes: unknown member "trains" (the spikes of one neuron are spikes:slice{ of = id }; for t, id in spikes:each() goes through all)
net:spikes{ start = 5 }
  spikes: unknown option "start" (did you mean "from"?)
net:spikes{ neurons = E }
  spikes: unknown option "neurons" (did you mean "of"?)
S:cv{ t_start = 5 }
  cv: unknown option "t_start" (did you mean "from"?)
S:time_histogram{ binsize = 5 }
  time_histogram: unknown option "binsize" (did you mean "bin"?)
X:std()
  vector: unknown member "std" (did you mean "sd"?)
X:var()
  vector: unknown member "var" (it is x:sd() ^ 2)
X:percentile(50)
  vector: unknown member "percentile" (did you mean "quantile"?)
izh.savemat("x.mat")
  izhlua: unknown member "savemat" (did you mean "write"?)
X:length()
  vector: unknown member "length" (its length is #x)
X:tolist()
  vector: unknown member "tolist" (did you mean "totable"?)

-- figures and sweeps
izh.raster(net, { colour = "red" })
  raster: unknown option "colour" (did you mean "color"?)
izh.raster(net, { linewidth = 2 })
  raster: unknown option "linewidth" (lines and dots follow from what is drawn; series of izh.curve have marker, dash, width and size)
izh.curve{ x = { 1 }, y = { 1 }, lw = 2 }
  curve: unknown option "lw" (did you mean "width"?)
izh.matrix({ { 1 } }, { cmap = "magma" })
  matrix: unknown option "cmap" (did you mean "colormap"?)
izh.matrix({ { 1 } }, { vmin = 0 })
  matrix: unknown option "vmin" (the range of colours is clim = { lo, hi })
izh.trace(R, { axhline = 0 })
  trace: unknown option "axhline" (did you mean "lines"?)
izh.figure{ izh.raster(net), figsize = { 5, 5 } }
  figure: unknown option "figsize" (its size is width = and height =, in mm)
izh.figure{ izh.raster(net) }:savefig("x.pdf")
  figure: unknown member "savefig" (did you mean "save"?)
izh.figure{ izh.raster(net) }:show()
  figure: unknown member "show" (figures are saved; izhlua --open script.lua shows those that were)
izh.sweep{ params = { a = { 1 } }, run = print }
  sweep: the values go into over, such as over = { inhibition = { 0, 1, 2 } }
izh.sweep{ over = { a = { 1 } }, run = print, n_trials = 3 }
  sweep: unknown option "n_trials" (did you mean "trials"?)
izh.sweep{ over = { a = { 1 } }, run = print, n_jobs = 3 }
  sweep: unknown option "n_jobs" (did you mean "workers"?)

-- ids and positions
net:spikes{ of = 99 }
  spikes: of must have ids of the network, whole numbers 1 … 15 (got 99)
net:spikes{ of = { 1, 1 } }
  spikes: of has the id 1 twice
net:spikes{ of = { 1.5 } }
  spikes: of must have ids of the network, whole numbers 1 … 15 (got 1.5)
net:spikes{ of = "E" }
  spikes: of must be a population, a slice of one, an id, a list of ids, or the network (got "E")
S:cv{ of = 99 }
  cv: these are not spikes of neuron 99: net:spikes{ of = … } chooses whose they are
S:cv{ of = "E" }
  cv: of must be a population, a slice of one, an id, or a list of ids (got "E")
S:slice{ of = { "E" } }
  slice: of[1] must be a number (got "E")
izh.raster(net, { of = 99 })
  raster: of must have ids of the network, whole numbers 1 … 15 (got 99)
izh.raster(S, { of = { 1, 99 } })
  raster: these are not spikes of neuron 99
izh.rate(net, { of = E })
  rate: unknown option "of" (choose them before: izh.rate(net:spikes{ of = E }))
R:values("v", 9)
  values: the position among the recorded neurons must be a whole number 1 … 2 (got 9)
R:values("v", 3)
  values: the position among the recorded neurons must be a whole number 1 … 2 (got 3)
L:values("v", 7)
  values: a recorded neuron is named by its position, 1 … 2, not by its id: neuron 7 is at 1
L:spikes(8)
  spikes: a recorded neuron is named by its position, 1 … 2, not by its id: neuron 8 is at 2
E{ 11 }
  slice: a position in the population must be a whole number 1 … 10 (got 11)
E:slice(3, 40)
  slice: the position of the last neuron must be a whole number 3 … 10 (got 40)

-- numbers of one, and of none
net:every(0.3, print)
  every: the interval must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0.5 is
net:every(0, print)
  every: the interval must be > 0 ms (got 0)
net:connect(E, I, { weight = 1, width = 0.3 })
  connect: width (1 ms when not given) must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0.5 is
net:record(E, "v", { every = 0.3 })
  record: every (1 ms when not given) must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0.5 is
net:stimulate(E, izh.noise{ sd = 1, every = 0.3 })
  stimulate: every (1 ms when not given) must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0.5 is
net:stimulate(E, izh.current{ amplitude = 1, width = 0.3, period = 10 })
  stimulate: width must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0.5 is
net:stimulate(E, izh.current{ amplitude = 1, width = 1, period = 0.3 })
  stimulate: period must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0.5 is
izh.figure{ izh.raster(net), heights = { 1, 2 } }:save("x.pdf")
  save: the panels take 1 row, but there are 2 heights
izh.figure{ izh.raster(net), letters = { "a", "b" } }
  figure: letters must have 1 string, one for each panel (got 2)
izh.rate(net, { labels = { "a", "b", "c" } })
  rate: labels must have 2 strings (got 3)
izh.matrix{ { 1 }, { 1, 2 } }
  matrix: row 2 must have 1 number, as row 1 has (got 2)
izh.curve{ x = { 1 }, y = { 1, 2 } }
  curve: series.y must have 1 number, as many as x (got 2)
izh.sweep{ over = { x = { 1 } }, run = function() return { rate = {} } end }
  sweep: the only case, with x = 1, trial 1, seed 1, failed: script:1: sweep: rate must be a finite number, or NaN where there is none (got a table)
izh.sweep{ over = { x = { 1, "a" } }, run = print }
  sweep: over.x[2] must be a number, as the first value is (got a string)

-- nothing to draw
izh.raster(fresh)
  raster: the network has not run, so there is nothing to draw: net:run(1000)
fresh:raster("x.pdf")
  raster: the network has not run, so there is nothing to draw: net:run(1000)
izh.rate{ net, fresh }
  rate: the network has not run, so there is nothing to draw: net:run(1000)
izh.spectrum(fresh)
  spectrum: the network has not run, so there is nothing to draw: net:run(1000)
izh.trace(fresh_recording)
  trace: recording "E.v": v of 1 neuron every 1 ms, 1 sample in 0 ≤ t ≤ 0 ms cannot be drawn: net:record comes before net:run

-- habits of calling
net:population(100, "RS")
  population: name, size and cell come in this order: net:population("E", 80, "RS") (got 100, then "RS")
net:population("E2", "RS", 100)
  population: name, size and cell come in this order: net:population("E", 80, "RS") (got "E2", then "RS")
net:population("E2", "20", "RS")
  population: the size must be a whole number 0 … 4294967294 (got "20")
net:connect(E, I, 0.5)
  connect: what follows pre and post must be a table such as { rule = "all_to_all", weight = 6 } (got 0.5)
net:connect(E, I, "all_to_all", 0.5)
  connect: what follows pre and post must be a table such as { rule = "all_to_all", weight = 6 } (got "all_to_all")
net:connect("E", I, { weight = 1 })
  connect: pre must be a population, not its name (got "E"; net.populations has them by name)
net:connect(E, I, { weight = 1, p = 0.1 })
  connect: rule all_to_all has no option p, unlike pairwise_bernoulli
net:connect(E, I, { weight = 1, tau = 5 })
  connect: synapse pulse has no option tau, unlike exp, alpha
net:stimulate(E, 5)
  stimulate: the stimulus must be made by izh.noise, izh.current, izh.poisson or izh.spike_train (got 5; izh.current(5) is a constant current)
net:stimulate("E", izh.current(5))
  stimulate: the target must be a population, not its name (got "E"; net.populations has them by name)
izh.noise(5)
  noise: the argument must be a table of options by name such as { sd = … } (got 5)
izh.poisson(1000, 0.5)
  poisson: the argument must be a table of options by name such as { rate = …, weight = … } (got 1000)
izh.raster(net, "x.pdf")
  raster: a panel is saved in a figure: izh.figure{ izh.raster(…) }:save("x.pdf")
izh.uniform(0, 1) * 15
  distribution: one cannot calculate with it: choose its parameters, or draw in a function(i, rng) return 2 * rng:uniform() end
-65 + izh.normal(0, 1)
  distribution: one cannot calculate with it: choose its parameters, or draw in a function(i, rng) return 2 * rng:uniform() end
for _, t in ipairs(S) do end
  spikes: a member is a name (got 1); for t, id in spikes:each() do … end goes through them
for _, t in pairs(S) do end
  spikes: pairs cannot go through it; for t, id in spikes:each() do … end goes through them
for _, t in pairs(R) do end
  recording: pairs cannot go through it; recording:values("v", 1) are the samples of the first neuron
for _, p in pairs(E) do end
  population: pairs cannot go through it; E{3, 5} is a slice, E.ids are the ids
R[1]
  recording: a member is a name (got 1); recording:values("v", 1) are the samples of the first neuron
net:reset()
  network: unknown member "reset" (net:restore(snapshot) goes back to what net:snapshot() has kept; or make another network)
S:cv(E)
  cv: options must be a table such as { of = E } or { of = 7 } (got population "E": 10 × izhikevich2003)
S:cv(7)
  cv: options must be a table such as { of = E } or { of = 7 } (got 7)
S:cv{ E }
  cv: options are given by name (got population "E": 10 × izhikevich2003 without one)
net:spikes(E)
  spikes: options must be a table such as { of = E } or { of = 7 } (got population "E": 10 × izhikevich2003)
izh.rate(E)
  rate: a population is drawn by its spikes: izh.rate(net:spikes{ of = E })
izh.trace(R, { neurons = "all" })
  trace: neurons must be an id, a list of ids, or a population (got "all")
izh.curve(R:times(), R:values("v", 1))
  curve: its numbers come in one table: izh.curve{ x = …, y = … }
izh.figure{ izh.raster(net), title = "x" }
  figure: unknown option "title" (a panel has the title: izh.raster(net, { title = "…" }))
izh.explain.silence(E)
  silence: the first argument must be a network, as in izh.explain.silence(net, { of = E }) (got population "E": 10 × izhikevich2003)
izh.explain(net)
  izh.explain: ask izh.explain.silence(net), bursts(net) or inhibition(net)
izh.patterns("A")
  izh.patterns: a pattern is run by izh.patterns.run("A")
izh.patterns.tonic_spiking
  izh.patterns: a pattern is run by its letter or its name: izh.patterns.run("A") (got .tonic_spiking)
izh.cells.rs
  izh.cells: unknown cell "rs" (did you mean "RS"?)
izh.cells("RS")
  izh.cells: a cell is a field: izh.cells.RS
net:population("E2", 3, { 0.02, 0.2, -65, 8 })
  population: the numbers of a cell have names: { a = 0.02, b = 0.2, c = -65, d = 8 }
izh.sweep{ inhibition = { 1, 2 }, run = print }
  sweep: the values go into over, such as over = { inhibition = { 0, 1, 2 } }
swept.rate
  sweep: rate is a result: sweep:get("rate")
swept.rates
  sweep: unknown member "rates" (known: dimensions, failures, get, panels, plot, points, results, rows, save, seed, trials)]==]

local function build()
  local net = izh.network{ seed = 3 }
  local E, I = net:population("E", 10, "RS"), net:population("I", 5, "FS")
  local P = net:connect(E, I, { name = "excitation", weight = 3 })
  local N = net:stimulate(net, izh.noise{ sd = 8, name = "background" })
  local R = net:record(E:slice(1, 2), { "v" })
  net:run(20)
  local L = net:record(E{ 7, 8 }, "v")
  local fresh = izh.network{}
  local fresh_recording = fresh:record(fresh:population("E", 1, "RS"), "v")
  return setmetatable({
    izh = izh, net = net, E = E, I = I, P = P, N = N, R = R, L = L, S = net:spikes(), X = E:get("v"),
    fresh = fresh, fresh_recording = fresh_recording,
    swept = izh.sweep{ over = { x = { 1, 2 } }, run = function(case) return { rate = case.x } end },
  }, { __index = _G })
end

local victim, control = build(), build()
local count = check.errors(cases, victim, control, function(env) env.net:run(1) end)
check.truth(count > 180, "all cases were read")
check.equal(check.spikes(victim.net), check.spikes(control.net), "spikes after the errors")
check.list(victim.E:get("u"), control.E:get("u"), "state")

-- what is one is said as one
local net, E, S = victim.net, victim.E, victim.S
local one = izh.spikes{ times = { 3 }, senders = { 1 }, from = 0, to = 5 }
check.equal(#one, 1)
check.equal(tostring(one), "1 spike in 0 < t ≤ 5 ms")
check.equal(tostring(izh.figure{ izh.raster(net) }), "figure of 1 panel")
check.equal(tostring(izh.raster(one)), "raster panel: 1 spike in 0 < t ≤ 5 ms")
check.equal(tostring(izh.rate(one)), "rate panel: 1 rate in 0 < t ≤ 5 ms")
check.equal(tostring(izh.choice{ 3 }), "choice of 1 number")
check.equal(tostring(izh.spike_train{ times = { 3 }, weight = 1 }), "spike_train: 1 spike, weight 1")
check.equal(tostring(net), "network: 15 neurons, 50 synapses, t = " .. ("%d"):format(net.time) .. " ms, dt = 0.5 ms, seed 3")

-- of is an id, ids, a population or a slice, everywhere
for _, of in ipairs{ E{ 3, 7 }, { 3, 7 }, E:slice(1, 2), 4, E } do
  local direct, later = net:spikes{ of = of, to = 20 }, S:slice{ of = of }
  check.list(direct.neurons, later.neurons)
  check.list(direct:times(), later:times())
  check.equal(S:mean_firing_rate{ of = of }, later:mean_firing_rate())
  check.equal(tostring(izh.raster(net, { of = of, to = 20 })), ("raster panel: %s"):format(later))
end

-- cells are shown as a script may write them
check.equal(tostring(izh.cells.RS), '{ model = "izhikevich2003", a = 0.02, b = 0.2, c = -65, d = 8 }')
check.equal(tostring(izh.cells.FS2007), '{ model = "izhikevich2007", C = 20, k = 1, vr = -55, vt = -40, vpeak = 25, '
  .. "a = 0.2, b = 0, c = -45, d = 0, b3 = 0.025, b_below = 0, vb = -55 }")
check.equal(tostring(izh.cells.E2003), '{ model = "izhikevich2003", a = 0.02, b = 0.2, each = function(i, rng) … end }')
check.truth(tostring(izh.cells):find('\nRS       { model = "izhikevich2003"', 1, true), "all cells")
for name, cell in pairs(izh.cells) do
  local copy = {}
  for key, value in pairs(cell) do copy[key] = value end
  izh.network{}:population(name, 2, copy)
end

-- a dimension that there is not is nil, a slip is told
local sweep = izh.sweep{ over = { inhibition = { 1, 2 } }, run = function(case)
  return { a = case.inhibition * (case.factor or 10), b = case.cell and 1 or 0 }
end }
check.list(sweep:get("a"), { 10, 20 })
for slip, meant in pairs{ inhibiton = "inhibition", inhibitino = "inhibition", inhibitions = "inhibition", sede = "seed" } do
  local ok, message = pcall(izh.sweep, { over = { inhibition = { 1 } }, run = function(case) return { a = case[slip] or 0 } end })
  check.truth(not ok and message:find(('case: unknown member "%s" (did you mean "%s"?)'):format(slip, meant), 1, true), slip)
end
