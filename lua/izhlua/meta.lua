---@meta izhlua
-- What a script may say, for editors (lua-language-server) and readers. Never run.
-- Units: times in ms, v in mV, currents in the model's unit (izhikevich2003: mV/ms), rates in Hz. Ids start at 1.
-- Every function raises an error with file and line of the script when an argument is not as described.

---@class izhlua
---@field version string
---@field cells table<string, izhlua.Cell> the cells by name; more may be added
local izh = {}

---@alias izhlua.Values number|izhlua.Distribution|number[]|izhlua.Vector|fun(i: integer, rng: izhlua.Rng): number

-- made by scripts/describe.lua: cells
---@alias izhlua.Model
---| "izhikevich2003" v' = 0.04 v² + 5 v + 140 - u + I, u' = a (b v - u); at v ≥ 30: v = c, u = u + d (Izhikevich, Simple model of spiking neurons, IEEE Trans. Neural Networks 14:1569, 2003, eqs 1–3)
---| "izhikevich2004class1" izhikevich2003 with v' = 0.04 v² + 4.1 v + 108 - u + I (figure 1 G and L of Izhikevich, Which model to use for cortical spiking neurons?, IEEE Trans. Neural Networks 15:1063, 2004)
---| "izhikevich2004accommodation" izhikevich2003 with u' = a b (v + 65) (figure 1 R of Izhikevich, Which model to use for cortical spiking neurons?, IEEE Trans. Neural Networks 15:1063, 2004)
---| "izhikevich2007" C v' = k (v - vr) (v - vt) - u + I, u' = a (U(v) - u); at v ≥ vpeak + peak_u u: v = c + reset_u u, then u = min(u + d, u_max). U(v) = b (v - vu), with b_below in place of b for v ≤ vb, and for v > vb also b3 (v - vb)³ (Izhikevich, Dynamical Systems in Neuroscience, 2007, chapter 8: the plain cell has vu = vr and none of the rest; fast-spiking, low-threshold, thalamic and reticular cells need one or more of it)
---| "lif" leaky integrate-and-fire: tau v' = vr - v + R I; at v ≥ vt: v = c, where it stays for the refractory period (Lapicque 1907; Gerstner et al., Neuronal Dynamics, 2014, section 1.3)
---| "qif" quadratic integrate-and-fire: C v' = k (v - vr) (v - vt) + I; at v ≥ vpeak: v = c (Latham et al., J. Neurophysiol. 83:808, 2000; Izhikevich, Dynamical Systems in Neuroscience, 2007, section 3.3.8)
---@alias izhlua.SourceModel
---| "poisson" Poisson spikes, independent from source to source, at the same times at every dt
---| "spike_source" spikes at the given times: one list for all neurons, or one for each
---@class izhlua.Cell numbers of a neuron; each one for all, a distribution, an array or a function
---@field model? izhlua.Model default izhikevich2003
---@field a? izhlua.Values izhikevich2003, izhikevich2004class1, izhikevich2004accommodation, izhikevich2007: rate of the recovery of u, 1/ms
---@field b? izhlua.Values izhikevich2003, izhikevich2004class1, izhikevich2004accommodation: how strongly u follows v, 1/ms; izhikevich2007: how strongly u follows v, nS
---@field c izhlua.Values v after a spike, below the peak, mV
---@field d? izhlua.Values izhikevich2003, izhikevich2004class1, izhikevich2004accommodation: what a spike adds to u, mV/ms; izhikevich2007: what a spike adds to u, pA
---@field v0? izhlua.Values izhikevich2003, izhikevich2004class1, izhikevich2004accommodation: membrane potential, mV, default -65; izhikevich2007, lif, qif: membrane potential, mV, default vr
---@field u0? izhlua.Values izhikevich2003, izhikevich2004class1, izhikevich2004accommodation: recovery; b v0 when it is not given, mV/ms; izhikevich2007: recovery; b (v0 - vr) when it is not given, pA
---@field C? izhlua.Values izhikevich2007, qif: membrane capacitance, pF, > 0
---@field k? izhlua.Values izhikevich2007, qif: steepness of v', nS/mV, > 0
---@field vr? izhlua.Values izhikevich2007, lif, qif: v at rest, mV
---@field vt? izhlua.Values izhikevich2007, qif: threshold of v at rest, mV; lif: threshold: v of a spike, mV
---@field vpeak? izhlua.Values izhikevich2007, qif: v of a spike, mV
---@field peak_u? izhlua.Values izhikevich2007: the peak is vpeak + peak_u u, mV/pA, default 0
---@field reset_u? izhlua.Values izhikevich2007: the reset is c + reset_u u, mV/pA, default 0
---@field u_max? izhlua.Values izhikevich2007: u is at most this after a spike, pA, default 1e+06
---@field vb? izhlua.Values izhikevich2007: where b_below ends and b3 begins, mV, default 0
---@field b_below? izhlua.Values izhikevich2007: b for v ≤ vb, nS, default b
---@field b3? izhlua.Values izhikevich2007: adds b3 (v - vb)³ to b (v - vu) for v > vb, nS/mV², default 0
---@field vu? izhlua.Values izhikevich2007: where b (v - vu) is 0, mV, default vr
---@field tau? izhlua.Values lif: membrane time constant, ms, > 0
---@field R? izhlua.Values lif: membrane resistance, GΩ, > 0, default 1
---@field refractory? izhlua.Values lif: how long v stays at c after a spike, in whole steps (in exact, as given), ms, 0 … 1e+06, default 0
---@field refractory_left? izhlua.Values lif: how much of it is left: it changes as the network runs, ms, 0 … 1e+06, default 0
-- end of cells

-- made by scripts/describe.lua: integrators
---@alias izhlua.Integrator
---| "izhikevich2003" v by two half steps of Euler's method, then u by one from the new v (net.m of Izhikevich 2003)
---| "figure1" v by one step of Euler's method, then u by one from the new v; a spike is v > peak, not v = peak (figure1.m of Izhikevich 2004)
---| "euler" forward Euler: v and u by one step from the old v and u
---| "rk4" Runge and Kutta's method of fourth order between spikes, which are found at the end of a step
---| "exact" Taylor series of the solution to a tolerance; a spike has the time at which v reached its peak, and acts from the end of its step on: it arrives 0 … dt late
-- end of integrators

---@class izhlua.NetworkOptions
---@field seed? integer 0 … 4294967295; default 1
---@field dt? number time step, 0.001 … 1 ms; default 0.5
---@field integrator? izhlua.Integrator default izhikevich2003
---@field tolerance? number of "exact": what a truncated series may be off, in the units of v and u; 1e-15 … 1, default 1e-11
---@field threads? integer|"auto" at most so many; the spikes do not depend on it

---@param options? izhlua.NetworkOptions
---@return izhlua.Network
function izh.network(options) end

---One of the twenty firing patterns of 2004, see patterns.lua.
---@class izhlua.Pattern
---@field letter string "A" … "T"
---@field name string "tonic spiking" …
---@field cell izhlua.Cell
---@field current fun(t: number): number
---@field dt number ms, of the published figure
---@field duration number ms
---@field integrator "figure1"

---@class izhlua.Patterns
---@field [integer] izhlua.Pattern
izh.patterns = {}
---Runs a pattern under its own scheme or, saying so on the standard error, another.
---@param pattern string a letter or a name
---@param options? { integrator?: izhlua.Integrator, dt?: number }
---@return izhlua.Network net after the pattern
---@return izhlua.Recording recording v, u and i_ext at every step
---@return string? note what is to be said when the scheme is not its own
function izh.patterns.run(pattern, options) end

---@class izhlua.ConvergenceOptions
---@field duration number ms
---@field dt? number the coarsest step, ms; default 1
---@field halvings? integer how often it is halved, 1 … 10; default 4
---@field tolerance? number spikes agree when they are no further apart, ms; default 1
---@field statistics? fun(spikes: izhlua.Spikes): table<string, number> of the whole run and of tenths of it; default rate and CV

---@class izhlua.ConvergenceRow
---@field dt number
---@field size integer spikes
---@field agree number time until which each neuron's spikes agree with those at the finest step, ms
---@field statistics table<string, { value: number, difference: number?, half: number?, changed: boolean? }> difference from the finest step, paired by tenths of the run, with half its 99 % interval

---@class izhlua.Convergence prints as a table; [k] is the k-th step, from the coarsest
---@field [integer] izhlua.ConvergenceRow
---@field names string[] of the statistics
local Convergence = {}
---@param path string
---@param options? izhlua.PageOptions
function Convergence:plot(path, options) end

---Runs the same experiment at dt, dt/2, dt/4, …: with the same noise, since that is held in ms.
---@param build fun(case: { dt: number }): izhlua.Network a network with dt = case.dt that has not run
---@param options izhlua.ConvergenceOptions
---@return izhlua.Convergence
function izh.convergence(build, options) end

-- Distributions -----------------------------------------------------------------------------------------------------

---@class izhlua.Distribution
---@param lo number
---@param hi number lo ≤ x < hi
---@return izhlua.Distribution
function izh.uniform(lo, hi) end
---@param mean number
---@param sd number ≥ 0
---@return izhlua.Distribution
function izh.normal(mean, sd) end
---e to the power of a normal
---@param mu number mean of the logarithm
---@param sigma number standard deviation of the logarithm, ≥ 0
---@return izhlua.Distribution
function izh.lognormal(mu, sigma) end
---@param mean number > 0
---@return izhlua.Distribution
function izh.exponential(mean) end
---@param numbers number[]|izhlua.Vector each as likely
---@return izhlua.Distribution
function izh.choice(numbers) end
---mean shape × scale
---@param shape number > 0
---@param scale number > 0
---@return izhlua.Distribution
function izh.gamma(shape, scale) end
---on 0 … 1, with the mean a / (a + b)
---@param a number > 0
---@param b number > 0
---@return izhlua.Distribution
function izh.beta(a, b) end
---What is drawn outside lo … hi is drawn again. An error where hardly any draw is within.
---@param dist izhlua.Distribution
---@param lo number may be -math.huge
---@param hi number may be math.huge
---@return izhlua.Distribution
function izh.truncated(dist, lo, hi) end
---Draws rounded to whole numbers; the bounds of a truncated one hold for these.
---@param dist izhlua.Distribution
---@return izhlua.Distribution
function izh.integer(dist) end

---@class izhlua.Rng random numbers of one neuron, the same on every run; the first is what a distribution would draw
local Rng = {}
---@param lo? number default 0
---@param hi? number default 1
---@return number
function Rng:uniform(lo, hi) end
---@param mean? number default 0
---@param sd? number default 1
---@return number
function Rng:normal(mean, sd) end
---@param mu? number default 0
---@param sigma? number default 1
---@return number
function Rng:lognormal(mu, sigma) end
---@param mean? number default 1
---@return number
function Rng:exponential(mean) end
---@param shape number
---@param scale? number default 1
---@return number
function Rng:gamma(shape, scale) end
---@param a number
---@param b number
---@return number
function Rng:beta(a, b) end
---@param lo integer
---@param hi integer both ends included
---@return integer
function Rng:integer(lo, hi) end

-- Stimuli -----------------------------------------------------------------------------------------------------------

---@class izhlua.StimulusSpec
-- made by scripts/describe.lua: synapses
---@alias izhlua.Synapse
---| "pulse" the weight is added to the current for a while: the way of the papers
---| "delta" v jumps by the weight at the arrival
---| "exp" a current that jumps by the weight, and decays
---| "alpha" a current that rises to the weight within tau, and decays

---@class izhlua.SynapseOptions
---@field synapse? izhlua.Synapse default pulse
---@field width? number pulse: how long the weight is added to the current, from the arrival on: a multiple of dt, ms, > 0, default 1
---@field tau? number exp, alpha: time constant of the decay, ms, 0.001 … 1e+06
---@field reversal? number exp, alpha: makes the weight a conductance g: the current is g (reversal - v), mV, -1000 … 1000

-- end of synapses
-- made by scripts/describe.lua: stp
---@class izhlua.StpOptions
---@field U number what a spike uses of the resources, when it is the first, 0.001 … 1
---@field tau_rec number time constant with which resources recover; 0: at once, ms, ≥ 0
---@field tau_fac? number time constant with which facilitation decays; 0: there is none, ms, ≥ 0, default 0

-- end of stp
-- made by scripts/describe.lua: stimuli
---@class izhlua.NoiseOptions
---@field mean? izhlua.Values mean of the current, default 0
---@field sd izhlua.Values standard deviation of the current, ≥ 0
---@field every? number for how long a draw is held, a multiple of dt, ms, > 0, default 1
---@field correlation? number correlation of any two neurons, 0 … 1, default 0
---@field tau? number time constant of an Ornstein–Uhlenbeck process; 0: each draw is independent, ms, 0 … 1e+06, default 0
---@field from? number when it begins, a multiple of dt, ms, default 0
---@field to? number when it ends, a multiple of dt; never when it is not given, ms
---@field name? string

---@class izhlua.CurrentOptions
---@field amplitude? izhlua.Values a constant, a sine, a pulse train: one for all neurons, or a value for each; values at times: a factor of the values: one for all neurons, or a value for each, default 1
---@field from? number a constant, a ramp, a sine, a pulse train: when it begins, a multiple of dt, ms, default 0
---@field to? number a constant, a ramp, a sine, a pulse train: when it ends, a multiple of dt; never when it is not given, ms
---@field times? number[]|izhlua.Vector values at times: when each value begins, multiples of dt, ms
---@field values? number[]|izhlua.Vector values at times: current from each time to the next
---@field start? number a ramp: current at the time from, default 0
---@field slope? number a ramp: change for each ms
---@field stop? number a ramp: in place of slope: the current at the time to
---@field frequency? number a sine: at most 1/(2 dt), Hz, ≥ 0
---@field phase? number a sine: phase at the time from, degrees, default 0
---@field offset? number a sine: current that is added to the sine, default 0
---@field width? number a pulse train: length of a pulse, a multiple of dt, ms, > 0
---@field period? number a pulse train: from the beginning of a pulse to that of the next, a multiple of dt, at least the width, ms
---@field n? integer a pulse train: at most so many pulses; any number when it is not given, ≥ 1
---@field name? string

---@class izhlua.PoissonOptions: izhlua.SynapseOptions
---@field rate izhlua.Values rate of each source, Hz, ≥ 0
---@field weight izhlua.Values weight of a spike, as of a synapse
---@field n? integer number of independent sources for each neuron, ≥ 1, default 1
---@field synapse? izhlua.Synapse what a spike does, as for a projection
---@field from? number when it begins, a multiple of dt, ms, default 0
---@field to? number when it ends, a multiple of dt; never when it is not given, ms
---@field name? string

---@class izhlua.SpikeTrainOptions: izhlua.SynapseOptions
---@field times? number[]|izhlua.Vector|(number[]|izhlua.Vector)[]|izhlua.Spikes ascending times, one list for all neurons or one for each; or spikes, ms
---@field weight number weight of a spike, as of a synapse
---@field synapse? izhlua.Synapse what a spike does, as for a projection
---@field file? string in place of times: spikes that izh.spikes reads
---@field name? string

-- end of stimuli

---A Gaussian current, drawn for each neuron and held for `every` ms, whatever dt is. A correlation c of any two neurons:
---z = √c common + √(1 - c) own.
---@param options izhlua.NoiseOptions
---@return izhlua.StimulusSpec
function izh.noise(options) end

---A constant, a function of time (called before each step), or a table. The current of a step is that of the time when it
---begins.
---@param what number|izhlua.CurrentOptions|fun(t: number): number
---@return izhlua.StimulusSpec
function izh.current(what) end

---Independent Poisson sources. They fire at the same times at every dt; a spike at time t acts from the first step that
---begins at t or later.
---@param options izhlua.PoissonOptions
---@return izhlua.StimulusSpec
function izh.poisson(options) end

---Spikes at given times: a spike at time t acts from the first step that begins at t or later.
---@param options izhlua.SpikeTrainOptions
---@return izhlua.StimulusSpec
function izh.spike_train(options) end

-- Data --------------------------------------------------------------------------------------------------------------

---@class izhlua.SpikesOptions
---@field times? number[]|izhlua.Vector ms
---@field file? string in place of times and senders
---@field population? string of several in the file (SONATA, or a column population)
---@field columns? table<string|integer, string|integer|false> of the file: { times = "onset", senders = 2 }, a name or a number; false leaves a column out
---@field base? integer the number from which ids count: 0 or 1; default 1 (of SONATA 0)
---@field unit? string|number of the times: "ms", "s", "us", "ns", or how many ms one is; default what the file says, else ms
---@field senders? number[]|izhlua.Vector ids, one for each time; default 1 for all
---@field from? number the window is from < t ≤ to; default 0
---@field to? number default the last spike
---@field neurons? integer|number[]|izhlua.Vector n for the ids 1 … n, or ids; default those that have spikes

---Spikes from elsewhere, as net:spikes gives them; they may be in any order. A path, or the option file, reads them from
---a file of izhlua or of another program: its columns are found by the names that people use, whatever their case, and a unit
---in a name (time_s) is understood. What is not understood is an error; docs/formats.md says what is.
---@param data izhlua.SpikesOptions|string
---@return izhlua.Spikes
function izh.spikes(data) end

---What a file holds. .npy: a vector (of two dimensions, a list of its columns). .npz: a table of such arrays by name. .csv,
---.tsv, .txt, .dat …: a table of columns by number, and by name if the first line holds names. .h5, .nwb: tables in tables,
---t.spikes.V1.node_ids or t["spikes/V1/node_ids"]. .mtx: pre, post, weight. .json: its value, lists of numbers as vectors.
---Words are lists of strings. What cannot be read is an error when it is asked for.
---@param path string
---@return any
function izh.read(path) end

---Writes values by name, whole or not at all: the twin of izh.read. .npz: numbers, vectors, lists of columns, words. .npy: one of
---these. .csv, .tsv: columns of one length, of numbers or words, in the order of a list or else of their names. .json:
---values in values.
---@param path string .npy .npz .csv .tsv .json
---@param values table|izhlua.Vector { name = values }, or the values alone
function izh.write(path, values) end

---@param numbers number[]|izhlua.Vector
---@return izhlua.Vector
function izh.vector(numbers) end
---@class izhlua.analysis
---Every measure of spikes as a function of spikes, of a list of arrays of times, or of one such array.
local analysis = {}
izh.analysis = analysis
---Times from elsewhere as spikes of neurons 1, 2, …: one array of times in ms for each, in any order.
---@param trains (number[]|izhlua.Vector)[]|number[]|izhlua.Vector
---@param options? { from?: number, to?: number } default 0 … the last spike; what is outside is left out
---@return izhlua.Spikes
function analysis.spikes(trains, options) end
---As spikes:describe, of times from elsewhere, of spikes or of a recording.
---@param data izhlua.Spikes|izhlua.Recording|(number[]|izhlua.Vector)[]|number[]|izhlua.Vector
---@param measure string its name, such as "synchrony"
---@param ... any the other arguments of the measure
---@return izhlua.Explanation|table
function analysis.describe(data, measure, ...) end
-- made by scripts/describe.lua: measures of recordings
---@class izhlua.ei_ratio.Options: izhlua.WindowOptions
---@field each? boolean a vector of one number for each recorded neuron
---the mean excitatory over the mean inhibitory synaptic current
---@param recording izhlua.Recording of i_exc and i_inh
---@param options? izhlua.ei_ratio.Options
---@return number
function analysis.ei_ratio(recording, options) end
---χ of voltages: 1 when all do the same, about 1/√N when each is on its own
---@param recording izhlua.Recording of v
---@param options? izhlua.WindowOptions
---@return number
function analysis.synchrony(recording, options) end
-- end of measures of recordings

-- Experiments -------------------------------------------------------------------------------------------------------

---What `izhlua script.lua name=value` may set, each with its default and its unit or what it is. The type is that of the
---default: a number, a string, a boolean, or a list of numbers (written 0,0.5,1). `izhlua script.lua --help` lists them.
---A number may have a range, min and max (both are allowed, and each alone), and a number or a string may have choices; what
---is outside is refused. A step is how far one moves at a time in the page of `izhlua --explore`.
---@param declared table<string, { [1]: number|string|boolean|number[], [2]: string?, min?: number, max?: number, step?: number, choices?: (number|string)[] }>
---@return table<string, number|string|boolean|number[]> values
function izh.parameters(declared) end

---@class izhlua.Case what run is called with; and the values of the dimensions by name
---@field seed integer trial k has the same seed at every point: that of the sweep + k - 1
---@field trial integer
---@field index integer of the case: trials of the first point, then of the second …
---@field [string] number|string|boolean

---@class izhlua.SweepOptions
---@field over table<string, any[]>|{ [1]: string, [2]: any[], label?: string, unit?: string, log?: boolean }[] values of each dimension: numbers, strings or booleans; by name (and then in order of name), or as a list in the order of the table. The last dimension is the quickest
---@field run fun(case: izhlua.Case): table<string, number> in a process of its own, which begins as the script is and leaves nothing behind but what it returns, prints and writes. NaN is a missing number
---@field trials? integer runs at each point; default 1
---@field workers? integer|"auto" how many cases run at a time; auto: as many as there are processors, or as --threads says. Beside others, networks that name no threads have one
---@field seed? integer of the first trial; default 1; --seed moves it. In run, seeds are used as they are given
---@field resume? string a CSV to which cases are written as they finish; cases that it has already are not run
---@field reference? table<string, any> a value for some dimensions: results are compared, trial by trial, with the point that has these

---Runs a function for every combination of values and every trial, in parallel processes. The results do not depend on
---how many. A case that fails is reported, and the others go on; an error only when all fail.
---@param options izhlua.SweepOptions
---@return izhlua.Sweep
function izh.sweep(options) end

---@class izhlua.TrialsOptions
---@field n integer how many, ≥ 1
---@field run fun(case: izhlua.Case): table<string, number> as that of a sweep: net:reseed(case.trial) makes trials of one network
---@field workers? integer|"auto"
---@field seed? integer of the first trial; default 1
---@field resume? string

---A sweep over nothing but trials: a function is run n times, in parallel processes, with case.trial = 1 … n.
---@param options izhlua.TrialsOptions
---@return izhlua.Sweep
function izh.trials(options) end

---Joins the files that `izhlua script.lua --shard 1/n` … `n/n` left, to the sweep that one run of the script gives. An error
---when one is missing, given twice or not run to its end, and when they are not of one script, seed, version and plan.
---@param files string[] their paths, in any order
---@return izhlua.Sweep
function izh.sweep_merge(files) end

---@class izhlua.Found a result at a point
---@field mean number of the trials that have the number
---@field sd number of a sample; NaN for fewer than two
---@field ci number half the width of the 95 % confidence interval of the mean (Student's t)
---@field n integer trials that have the number
---@field difference? izhlua.Found to the reference, of the differences of the trials

---@class izhlua.Sweep print shows a table of mean ± ci
---@field dimensions string[]
---@field results string[]
---@field trials integer
---@field seed integer
---@field rows table[] the cases in order: values, index, trial, seed and results by name; without those that failed
---@field points table[] in order: values of the dimensions and izhlua.Found of the results, by name
---@field failures table[] the cases that failed, each with its error
local Sweep = {}
---One number for each point: of a result, or the values of a dimension.
---@param name string
---@param what? "mean"|"sd"|"ci"|"n"|"difference"|"difference_sd"|"difference_ci"|"difference_n" default mean
---@return izhlua.Vector
function Sweep:get(name, what) end
---As CSV: a line for each case, which resume can go on from; or with { summary = true } for each point.
---@param path string ending in .csv
---@param options? { summary?: boolean }
function Sweep:save(path, options) end
---@class izhlua.SweepPanelOptions: izhlua.PanelOptions and those of izh.curve, or of izh.matrix for a map
---@field as? "map"|"series" of two or three dimensions; default series when one of them has names or at most 4 values, else a map
---@field of? string|string[] results to draw; default all
---@field labels? table<string, string> titles of results, { rate = "Rate (Hz)" }

---A panel for each result: means with their intervals over one dimension; over two, curves of one at the values of the other, or a map;
---over three, such a panel for each value of the last one, with one range; a histogram of trials.
---@param options? izhlua.SweepPanelOptions
---@return izhlua.Panel[]
function Sweep:panels(options) end
---These panels on a page.
---@param path string ending in .pdf, .svg, .png, .eps or .ps
---@param options? izhlua.SweepPanelOptions|izhlua.PageOptions
function Sweep:plot(path, options) end

-- Why a network does what it did: docs/explain.md. Results print as a text, have [k] and #, and plot(path, page options).
izh.explain = {}

---@class izhlua.SilenceOptions
---@field from? number ms; default the start
---@field to? number ms; default now
---@field of? integer|integer[]|izhlua.Vector|izhlua.Population|izhlua.Network default all
---@field start? izhlua.Snapshot from which the network is run again; default when it first ran

---@class izhlua.SilentNeuron
---@field id integer
---@field population string
---@field place integer in the population
---@field neuron integer the same
---@field verdict "held down by inhibition"|"held down from outside"|"depolarisation block"|"tired"|"held by what they got"|"disconnected"|"underdriven"|"nothing made them fire"|"lesioned"|"clamped"|"not reproduced"
---@field fires_with string[][] minimal sets of factors without which it fires; sorted names
---@field needs_fluctuations boolean[] of each set: without it and without fluctuations, too, it does not fire
---@field complete? boolean all sets of factors were run
---@field exc_in integer synapses with positive weights that end at it
---@field inh_in integer with negative ones
---@field exc_mean number current over the window; so inh_mean, ext_mean, exc_sd, inh_sd, ext_sd
---@field rheobase number smallest constant current that makes the cell fire within 1 s; 0: it fires alone
---@field steady_rheobase? number the one at which it has no stable rest
---@field factor? number smallest on its excitation that makes it fire, right to 1 %; ext_factor: on external input
---@field factor_down? number largest below 1 that does; so ext_factor_down
---@field more? number smallest constant current that makes it fire when it is added
---@field fires_without_inhibition? boolean
---@field reproduced? boolean alone and unchanged it did the same

---@class izhlua.Silence
---@field [integer] izhlua.SilentNeuron
---@field neurons izhlua.SilentNeuron[] in order of id
---@field size integer
---@field of integer of how many
---@field counts table<string, integer> by verdict
---@field trusted boolean false: the second run was another, and there are no verdicts
local Silence = {}
---@param path string
---@param options? izhlua.PageOptions
function Silence:plot(path, options) end
---The panels of its figure, for a page of one's own.
---@param options? { span?: integer, titles?: string[] }
---@return izhlua.Panel[]
function Silence:panels(options) end

---Why neurons gave no spike: each gets its own input again, alone, without each set of what it got, or with more.
---@param net izhlua.Network
---@param options? izhlua.SilenceOptions
---@return izhlua.Silence
function izh.explain.silence(net, options) end

---@class izhlua.ExplainBurstsOptions: izhlua.bursts.Options
---@field before? number how long before its onset a burst is run again, ms; default 20
---@field redraws? integer how many times with other noise; default 5
---@field factors? table<string, fun(net: izhlua.Network)> more that can be taken away, by name
---@field most? integer how many bursts are run again; default 50
---@field start? izhlua.Snapshot

---@class izhlua.ExplainedBurst: izhlua.bursts.Item
---@field abolished_by string[][] minimal sets of factors without which it is gone; sorted names
---@field prolonged_by string[][] … it lasts 1.5 times as long at least
---@field shortened_by string[][] … it is as much shorter
---@field cuts { before: string[][], previous: string[][], start: string[][] } the first of these by the time of the cut
---@field parts { list: string, set: string[], factor: string, part: string, holds: boolean }[] what holds with a part in place of a factor
---@field merged_by string[][] … cut earlier, the rate stays up from before it
---@field alone table<string, { what?: "comes"|"gone", duration?: number, endless?: boolean, later?: number, run?: integer, void?: string }>
---@field outcomes table<string, "gone"|"longer"|"shorter"|"as long"|"unsure"|"void"> by the names of each set, with " + " between; cut just before
---@field enough string[] factors that are enough by themselves
---@field shares? table<string, number> Shapley's, in that it comes
---@field shares_sum? number
---@field factors string[]
---@field complete boolean all sets of factors were run
---@field always_comes boolean it begins in each run that says something, whatever is cut and when
---@field never_longer boolean in no such run from just before does it last 1.5 times as long
---@field voids? boolean some runs say nothing
---@field came integer of `redraws` runs with other noise
---@field redraws integer
---@field open boolean not over at the end of the window
---@field void? string why nothing is known of it

---@class izhlua.ExplainTheory
---@field balance { population: string, units: string, exc: number, inh: number, ext: number, mean: number, low: number, high: number }[] mean currents, and the least and greatest steady rheobase
---@field weights? { outlier: number, radius: number, units: string } of what spikes bring, per Hz

---@class izhlua.ExplainedBursts
---@field [integer] izhlua.ExplainedBurst
---@field theory izhlua.ExplainTheory|false beside the runs; false: there were none
---@field bursts izhlua.ExplainedBurst[]
---@field size integer
---@field examined integer how many of them were run again
---@field runs { cut: number, burst?: integer, without: string[], redraw: integer, void?: string, outcome?: string }[]
---@field trusted boolean
local ExplainedBursts = {}
---The network of a run, at its end; it calls no functions of the script.
---@param k integer of `runs`
---@return izhlua.Network
function ExplainedBursts:rerun(k) end
---@param path string
---@param options? izhlua.PageOptions
function ExplainedBursts:plot(path, options) end
---The panels of its figure, for a page of one's own.
---@param options? { span?: integer, titles?: string[] }
---@return izhlua.Panel[]
function ExplainedBursts:panels(options) end

---Without what network bursts do not come, last longer or shorter: the network goes on from before them, without each set of factors.
---@param net izhlua.Network
---@param options? izhlua.ExplainBurstsOptions
---@return izhlua.ExplainedBursts
function izh.explain.bursts(net, options) end

---@class izhlua.InhibitionOptions
---@field strengths? number[]|izhlua.Vector factors; default 0, 0.5, 1, 2, 4
---@field currents? number[]|izhlua.Vector in place of strengths: to all cells of populations with inhibitory synapses
---@field pathway? string[] { pre, post }: names of populations; default all inhibitory synapses
---@field trials? integer default 10
---@field over? "noise"|"wiring"|"both" what differs from trial to trial; default "noise" for a network, "both" for a function
---@field duration? number how long it is run from its start, ms; default until now, or 2000
---@field from? number what comes before is not measured, ms, time of the network; default its start and a quarter of the duration
---@field workers? integer|"auto"
---@field seed? integer of the first trial, for a function
---@field start? izhlua.Snapshot for a network

---@class izhlua.Inhibition
---@field points table[] as of a sweep over inhibition: rate (Hz), cv, chi, burst_rate (1/s), silent (%), beyond (neurons outside the range of their cell)
---@field sweep izhlua.Sweep
---@field strengths number[] ascending
---@field trends table<string, "rises"|"falls"|"peaks"|"dips"|"none"|"unknown"|"one run"> what holds at 95 % for all of them together
---@field one_run boolean all trials are the same
local Inhibition = {}
---@param path string
---@param options? izhlua.PageOptions
function Inhibition:plot(path, options) end
---The panels of its figure, for a page of one's own.
---@param options? { span?: integer, titles?: string[] }
---@return izhlua.Panel[]
function Inhibition:panels(options) end

---What inhibition does: the network at several strengths of it, with the same noise.
---@param what izhlua.Network|fun(case: izhlua.Case): izhlua.Network a network, whose noise is drawn anew in each trial; or what builds one
---@param options? izhlua.InhibitionOptions
---@return izhlua.Inhibition
function izh.explain.inhibition(what, options) end

-- Figures -----------------------------------------------------------------------------------------------------------

-- All text may hold markup: <i>v</i>, <b>…</b>, x<sub>2</sub>, 10<sup>3</sup>. Any other < or & is itself; &lt; and &amp; are for
-- where a tag is to be seen. Numbers must be finite; a NaN is a gap in a line.

---An intervention, { time, label }, is a line; an epoch, { from, to, label }, a grey band. The label may be left out.
---@alias izhlua.Mark { [1]: number, [2]: string?|number, [3]: string? }

---In the plot of a panel: a line at one of x and y, or with a slope.
---@class izhlua.Line
---@field x? number
---@field y? number
---@field slope? number
---@field intercept? number y at x = 0 of a line with a slope; default 0
---@field label? string
---@field color? string
---@field dash? "solid"|"dashed"|"dotted"|"dashdot"

---A grey or coloured band over x or y.
---@class izhlua.Band
---@field x? number[] { lo, hi }
---@field y? number[] { lo, hi }
---@field label? string
---@field color? string

---{ x, y, "words" } in the plot of a panel.
---@class izhlua.Text
---@field [1] number
---@field [2] number
---@field [3] string
---@field color? string
---@field align? "left"|"center"|"right" which end of the words, or their middle, is at x

---{ x, y, to_x, to_y, "words" }: an arrow; the words are at its tail.
---@class izhlua.Arrow
---@field [1] number
---@field [2] number
---@field [3] number
---@field [4] number
---@field [5]? string
---@field color? string

---A small panel in another one, but no raster; without its note. x and y are of its lower left corner, all four in parts of the
---width and height of the other's plot, 0 … 1; the numbers and titles of its axes are within.
---@class izhlua.Inset
---@field [1] izhlua.Panel
---@field x? number with y; default in the corner with the fewest data
---@field y? number
---@field width? number default 0.4
---@field height? number default 0.4

---@class izhlua.PageOptions
---@field style? "paper"|"slide"|"poster" sizes of page and text: 89 mm and 7 pt, 254 × 143 mm (16:9) and 16 pt, 420 mm and 24 pt; default "paper"
---@field width? string|number a column of a journal: "single", "onehalf", "double" (Nature's 89, 120, 183 mm), "cell single" …, "plos …", "jneurosci …"; or mm
---@field text_size? number of axis titles, 5 … 32 pt; default that of the style; numbers are 1 pt smaller; above 8, lines and markers grow with it
---@field height? number mm; default chosen for the panels
---@field dpi? number of a PNG, 36 … 2400; default 300
---@field author? string in the file's metadata, beside title, script, its SHA-256, seed and command line; default the environment's IZHLUA_AUTHOR
---@field attach? boolean the file carries the script, what it has used and its command line, so that `izhlua figure.pdf` runs it again; default true

---@class izhlua.Panel
---@class izhlua.CurveSeries
---@field x number[]|izhlua.Vector|string[] strings are categories
---@field y number[]|izhlua.Vector
---@field error? number[]|izhlua.Vector half the length of error bars
---@field low? number[]|izhlua.Vector ends of error bars, with high, in place of error
---@field high? number[]|izhlua.Vector
---@field band? boolean a shaded band in place of error bars; default for style "line"
---@field label? string
---@field style? "points"|"line"|"both"|"step"|"bars" default both up to 60 points, else line; points for categories
---@field color? string "#d55e00", or a name of CSS or of Okabe and Ito
---@field marker? "disc"|"square"|"triangle"|"diamond"|"circle"|"open square"|"open triangle"|"open diamond"
---@field dash? "solid"|"dashed"|"dotted"|"dashdot"
---@field width? number of the line, pt
---@field size? number diameter of markers, pt
---@field axis? "left"|"right" which vertical axis it has
-- made by scripts/describe.lua: panels
---@class izhlua.PanelOptions
---@field title? string above the panel
---@field marks? izhlua.Mark[] { time, "label" } is a line, { from, to, "label" } a band
---@field axes? boolean|"bars" false: no axes; "bars": scale bars in place of axes
---@field span? integer how many columns of the page it takes
---@field xlabel? string title of the horizontal axis; "" for none
---@field ylabel? string title of the vertical axis, of the first one if there are several
---@field xlim? number[] { lo, hi } of the horizontal axis
---@field ylim? number[] { lo, hi } of the vertical axis
---@field xticks? (number|{ [1]: number, [2]: string })[] positions of ticks, or { position, label }
---@field yticks? (number|{ [1]: number, [2]: string })[] the same
---@field xscale? "linear"|"log" log: a logarithmic axis
---@field yscale? "linear"|"log" log: a logarithmic axis
---@field xminor? number small ticks at multiples of this
---@field yminor? number small ticks at multiples of this
---@field color? string of all series: "#d55e00", or a name
---@field colors? table<string, string> colours by the labels of series or the names of populations, { E = "blue" }
---@field legend? "top"|"right"|"inside"|boolean where labels of series are, in their order; true: at the ends of lines, beside the rows of a raster; false: nowhere
---@field lines? izhlua.Line[] { y = 0 }, { x = 5, label = "…" }, { slope = 1, intercept = 0 }; also color and dash
---@field bands? izhlua.Band[] { y = { 0, 5 } } or { x = { 1, 2 } }; also label and color
---@field text? izhlua.Text[] { x, y, "words" }; also color and align
---@field arrows? izhlua.Arrow[] { x, y, to_x, to_y, "words" }, the words at its tail
---@field axis? "left"|"right" the side of the vertical axis
---@field note? string small text at the upper right
---@field inset? izhlua.Inset { panel, x = 0.5, y = 0.5, width = 0.4, height = 0.4 }: a small panel in this one, at parts of its width and height; default in the emptiest corner
---@class izhlua.bars.Options: izhlua.PanelOptions
---@field bars? table<string, number|false> lengths of scale bars, x and y; false for none
---@field log? "x"|"y"|"xy" logarithmic axes
---@field stacked? boolean bars stand on each other, not beside each other
---@field y2label? string title of the right axis, of series with axis = "right"
---@field y2lim? number[] { lo, hi } of the right axis
---bars with names, beside or on each other, with error bars
---@param source { labels: string[], values: number[], error?: number[] }
---@param options? izhlua.bars.Options
---@return izhlua.Panel
function izh.bars(source, options) end
---@class izhlua.curve.Options: izhlua.PanelOptions
---@field bars? table<string, number|false> lengths of scale bars, x and y; false for none
---@field log? "x"|"y"|"xy" logarithmic axes
---@field stacked? boolean bars stand on each other, not beside each other
---@field y2label? string title of the right axis, of series with axis = "right"
---@field y2lim? number[] { lo, hi } of the right axis
---points, lines and bars, with error bars or bands: f–I curves, dose–response
---@param source izhlua.CurveSeries|izhlua.CurveSeries[]
---@param options? izhlua.curve.Options
---@return izhlua.Panel
function izh.curve(source, options) end
---@class izhlua.histogram.Options: izhlua.PanelOptions
---@field bars? table<string, number|false> lengths of scale bars, x and y; false for none
---@field of? "isi"|"rate"|"cv"|"cv2"|"lv" what to show of spikes or networks
---@field labels? string[] a label for each series
---@field bins? integer number of bins, in place of bin
---@field bin? number width of a bin, in decades with log = "x"; default a round one after Freedman and Diaconis, and a multiple of what all values are multiples of (dt, 1/duration); the figure says it
---@field log? "x"|"y"|"xy" logarithmic axes
---@field density? boolean densities with area 1, in place of counts
---@field xlim? number[] { lo, hi }; numbers outside are not counted
---distributions of numbers, or of a measure of spikes; undefined numbers are left out, and counted
---@param source number[]|izhlua.Vector|izhlua.Spikes|izhlua.Network|table a list of these for several
---@param options? izhlua.histogram.Options
---@return izhlua.Panel
function izh.histogram(source, options) end
---@class izhlua.image.Options: izhlua.PanelOptions
---@field label? string title of the colours, with the unit
---@field x? number[]|izhlua.Vector what the columns are at, in equal steps: times, values; default their numbers
---@field y? number[]|izhlua.Vector what the rows are at
---@field origin? "lower"|"upper" where row 1 is: at the bottom or at the top; default "lower"
---@field aspect? "square"|"free" free: as high as other panels; default square cells, free with x or y
---@field range? number[] { lo, hi } of the colours; clim is the same
---@field clim? number[] { lo, hi } of the colours
---@field colours? "sequential"|"signed" default signed when numbers of both signs matter; signed weights of a projection are signed
---@field colormap? "viridis"|"magma"|"cividis"|"greys"|"signs"|"vik" default viridis, or signs for two signs, from the colour of inhibition to that of excitation
---@field missing? string the key of grey cells; default "no number"
---the same as matrix, for a matrix of your own
---@param source (number[]|izhlua.Vector)[]
---@param options? izhlua.image.Options
---@return izhlua.Panel
function izh.image(source, options) end
---@class izhlua.matrix.Options: izhlua.PanelOptions
---@field label? string title of the colours, with the unit
---@field x? number[]|izhlua.Vector what the columns are at, in equal steps: times, values; default their numbers
---@field y? number[]|izhlua.Vector what the rows are at
---@field origin? "lower"|"upper" where row 1 is: at the bottom or at the top; default "lower"
---@field aspect? "square"|"free" free: as high as other panels; default square cells, free with x or y
---@field range? number[] { lo, hi } of the colours; clim is the same
---@field clim? number[] { lo, hi } of the colours
---@field colours? "sequential"|"signed" default signed when numbers of both signs matter; signed weights of a projection are signed
---@field colormap? "viridis"|"magma"|"cividis"|"greys"|"signs"|"vik" default viridis, or signs for two signs, from the colour of inhibition to that of excitation
---@field missing? string the key of grey cells; default "no number"
---numbers as colours, row 1 at the bottom, NaN grey; for a projection its weights, 0 without a synapse
---@param source (number[]|izhlua.Vector)[]|izhlua.Projection
---@param options? izhlua.matrix.Options
---@return izhlua.Panel
function izh.matrix(source, options) end
---@class izhlua.phase.Options: izhlua.PanelOptions
---@field bars? table<string, number|false> lengths of scale bars, v and u; false for none
---@field current? number current that the cell gets; default 0
---@field time? number length of the trajectory, which begins at the cell's v0 and u0; 0 for none; default 300 ms
---@field dt? number step of the trajectory; default 0.05 ms
---@field recording? izhlua.Recording recording of v and u, to draw in place of a trajectory
---@field neuron? integer id of a recorded neuron; default the first
---@field vlim? number[] { lo, hi }; default up to the peak, or around the fixed points when the cell does not fire
---@field ulim? number[] { lo, hi }
---@field integrator? string that of the trajectory; default "exact"
---phase plane of a cell: nullclines, fixed points (filled when stable), reset and a trajectory
---@param source string|izhlua.Cell
---@param options? izhlua.phase.Options
---@return izhlua.Panel
function izh.phase(source, options) end
---@class izhlua.psth.Options: izhlua.PanelOptions
---@field bin? number bin of the rate; default chosen (ms)
---@field bars? table<string, number|false> lengths of scale bars, time and rate; false for none
---@field ylim? number[] { lo, hi } of the rate (Hz); default the same on a page
---@field size? number side of the dots; default chosen for the rows and the number of spikes (pt)
---@field zero? number the time that the axis calls 0; default 0 ms
---spikes of many trials, a row each, and below their rate (peristimulus time histogram)
---@param source izhlua.Spikes[]|{ [1]: string, [2]: izhlua.Spikes[] }[]
---@param options? izhlua.psth.Options
---@return izhlua.Panel
function izh.psth(source, options) end
---@class izhlua.raster.Options: izhlua.PanelOptions
---@field from? number start of the window (ms)
---@field to? number end of the window (ms)
---@field rate? boolean the rates of the populations below; default true
---@field bin? number bin of the rates, a multiple of dt; default chosen for the window and the spikes (ms)
---@field bars? table<string, number|false> lengths of scale bars, time and rate; false for none
---@field ylim? number[] { lo, hi } of the rates (Hz); default the same on a page
---@field size? number side of the dots; default chosen for the rows and the number of spikes (pt)
---@field dots? "auto"|"vector"|"image" in a PDF or SVG: paths, or an image of 600 dpi; auto: an image for very many dots; default "auto"
---@field of? izhlua.Population|integer|integer[]|(izhlua.Population|{ [1]: string, [2]: integer, [3]: integer, [4]: string? })[] from the bottom up: populations, slices, or { name, first id, last id, "excitatory"|"inhibitory" }; or an id or a list of ids; default all
---@field order? "id"|"rate"|"first_spike"|integer[]|izhlua.Vector order of the rows of each population, from the bottom up: by id, by rate (lowest first), by first spike (earliest first, silent neurons last), or the given ids, and no others; default id
---@field neurons? integer at most so many rows; each population has its share, evenly spread over the order; the figure says so, and its rates are those of all neurons
---spikes up to now, and the rate of each population below
---@param source izhlua.Network|izhlua.Spikes
---@param options? izhlua.raster.Options
---@return izhlua.Panel
function izh.raster(source, options) end
---@class izhlua.rate.Options: izhlua.PanelOptions
---@field bars? table<string, number|false> lengths of scale bars, x and y; false for none
---@field labels? string[] a label for each series
---@field from? number start of the window (ms)
---@field to? number end of the window (ms)
---@field kernel? "gaussian"|"rectangular"|"triangular"|"epanechnikov"|"exponential"|"alpha" the last two are causal; default "gaussian"
---@field sigma? number standard deviation of the kernel; the figure says it; default about a hundredth of the window (ms)
---smoothed rates in Hz per neuron: of the populations of a network, of spikes, or of several of these
---@param source izhlua.Network|izhlua.Spikes|(izhlua.Network|izhlua.Spikes)[]
---@param options? izhlua.rate.Options
---@return izhlua.Panel
function izh.rate(source, options) end
---@class izhlua.scatter.Options: izhlua.PanelOptions
---@field bars? table<string, number|false> lengths of scale bars, x and y; false for none
---@field log? "x"|"y"|"xy" logarithmic axes
---@field stacked? boolean bars stand on each other, not beside each other
---@field y2label? string title of the right axis, of series with axis = "right"
---@field y2lim? number[] { lo, hi } of the right axis
---points that are not joined, one number against another
---@param source izhlua.CurveSeries|izhlua.CurveSeries[]
---@param options? izhlua.scatter.Options
---@return izhlua.Panel
function izh.scatter(source, options) end
---@class izhlua.spectrum.Options: izhlua.PanelOptions
---@field bars? table<string, number|false> lengths of scale bars, x and y; false for none
---@field labels? string[] a label for each series
---@field log? "none"|"x"|"y"|"xy" logarithmic axes; default y, or none when a power is 0
---power against frequency, of a result of welch_psd or of the rate of spikes; without 0 Hz, the mean
---@param source table|izhlua.Spikes|izhlua.Network|table[]
---@param options? izhlua.spectrum.Options
---@return izhlua.Panel
function izh.spectrum(source, options) end
---@class izhlua.strip.Options: izhlua.PanelOptions
---@field bars? table<string, number|false> lengths of scale bars, x and y; false for none
---@field violin? boolean the outline of the density, after Silverman
---each number of several groups as a point, with the median and n, perhaps in a violin
---@param source { [1]: string, [2]: number[]|izhlua.Vector }[]
---@param options? izhlua.strip.Options
---@return izhlua.Panel
function izh.strip(source, options) end
---@class izhlua.trace.Options: izhlua.PanelOptions
---@field bars? table<string, number|false> lengths of the scale bars of time and of each variable; false for none
---@field variables? string|string[] drawn above each other; default the recorded ones, or v, u, i, i_exc, i_inh, i_ext, then others by name
---@field neurons? integer|integer[] ids of neurons, drawn over each other; default the first recorded neuron
---@field from? number start of the window (ms)
---@field to? number end of the window (ms)
---@field ylim? number[]|table<string, number[]> { lo, hi } of the first variable, or of each by name
---@field peak? number v at a spike; default the peak of the recorded cell, or 30 (mV)
---@field units? table<string, string> units of variables; default mV for v, and that of the model's currents for others
---@field labels? string[] labels of the neurons; default "neuron 7"
---@field heights? table<string, number> relative heights of tracks; default v 3, u 1.5, others 1
---variables over time, of a recording or of { t = {…}, v = {…}, … }; spikes go up to the peak
---@param source izhlua.Recording|table
---@param options? izhlua.trace.Options
---@return izhlua.Panel
function izh.trace(source, options) end
-- end of panels

---@class izhlua.Figure
local Figure = {}
---Panels row by row; the axes of a row and of a column are aligned. Options: those of a page; columns; heights = { 3, 1 } of the plots in
---each row, relative; letters = true or "lower" (a, b, c), "upper", false, or a list of strings. A panel with span = 2 takes two columns.
---@param panels table
---@return izhlua.Figure
function izh.figure(panels) end
---@param path string ending in .pdf, .svg, .png, .eps or .ps; appears whole or not at all
function Figure:save(path) end

---Also all options of panels but marks, inset, span, xscale and yscale, and those of pages; dpi is 150 by default.
---@class izhlua.AnimateOptions: izhlua.PanelOptions, izhlua.PageOptions
---@field every? number ms from frame to frame; default about a hundredth of the window
---@field window? number ms: a frame shows the spikes of so long a time before it; default every
---@field of? izhlua.Population|integer|integer[]|izhlua.Population[] as of rasters; default all
---@field positions? number[][]|fun(id: integer): number, number { x, y } by id; default: each population is a square, row by row
---@field from? number start (ms)
---@field to? number end (ms)
---@field fps? number frames a second, 1 … 50; default 20; a frame of a GIF takes a whole number of hundredths of a second
---@field size? number diameter of a neuron, pt; default chosen for their distances
---@field variable? string of a recording; default the first
---@field clim? number[] of a recording: { lo, hi } of the colours; default that of all frames
---@field colormap? "viridis"|"magma"|"cividis"|"greys"|"signs"|"vik" of a recording; default viridis

---@class izhlua.Animation
local Animation = {}
---The spikes up to now where the neurons are, frame by frame: pale without spikes, the darker the more. Of a recording: a variable
---in colours. The time is on each frame. A recording takes no of, window, color and colors.
---@param source izhlua.Network|izhlua.Spikes|izhlua.Recording
---@param options? izhlua.AnimateOptions
---@return izhlua.Animation
function izh.animate(source, options) end
---@param path string ending in .gif, or in .png with one * for the numbers, as "frames/*.png"; nothing is written before all frames are drawn
function Animation:save(path) end

-- Networks ------------------------------------------------------------------------------------------------------------

---The network that net:save wrote. It uses as many threads as a new one would; --seed leaves it alone. A file that is damaged, cut short, of another
---version or of a machine with another order of bytes is an error.
---@param path string ending in .izh
---@return izhlua.Network
function izh.load(path) end

---@class izhlua.Snapshot
---@field time number when it was taken, ms
---@field size integer neurons

---Times are of the clock, in ms. Some steps are timed, one of 16 on average, or of 64 of a network below 1024 neurons, and
---stand for all: it costs less than 1 %. With several threads they are those of the first.
---@class izhlua.ProfileTimes
---@field total number exact; the sum of the others
---@field delivery number of spikes to the sums of arriving weights
---@field currents number from these sums, and the sum of all currents
---@field noise number
---@field stimuli number but noise
---@field update number equations and thresholds
---@field waiting number for other threads and, with mpirun, for slower ranks
---@field exchange number of spikes, at the end of a step
---@field recording number
---@field callbacks number functions of the script: at, every, run_until, and currents as functions of time
---@field other number

---@class izhlua.ProfileBytes
---@field total number the sum of the others
---@field neurons number state, parameters, currents; and the names of random streams
---@field projections number
---@field spikes number those that are kept, with room for more
---@field stimuli number
---@field recordings number in memory
---@field start number the network as it was when it first ran, which izh.explain goes back to; 0 of one too large to keep

---@class izhlua.Profile
---@field ms izhlua.ProfileTimes
---@field bytes izhlua.ProfileBytes
---@field projections { name: string, synapses: integer, bytes: number, bytes_per_synapse: number }[]
---@field steps integer
---@field timed_steps integer those of which the phases were timed; with mpirun, the fewest of a rank
---@field threads integer the most that a step was divided among; with mpirun, on any rank
---@field neuron_updates integer neurons × steps
---@field synaptic_events integer spikes that arrived, each counted at each of its synapses
---@field spikes integer
---@field ns_per_update number a neuron's noise, stimuli, currents and update in a step; NaN without any
---@field ns_per_event number delivery of a spike at a synapse; NaN without any
---@field dt number
---@field ranks? integer with mpirun only; times and bytes are then means over the ranks
---@field exchanged_bytes? integer with mpirun only: what all ranks brought to the exchanges of these steps, together
---@field imbalance? number with mpirun only: the most work of a rank by the mean; work is what is neither waiting nor exchange

---@class izhlua.Network
---@field time number now, ms
---@field dt number ms
---@field seed integer
---@field size integer neurons
---@field populations table<string|integer, izhlua.Population> in order of creation, and by name
---@field projections table<string|integer, izhlua.Projection>
---@field stimuli table<string|integer, izhlua.Stimulus>
---@field recordings table<string|integer, izhlua.Recording>
local Network = {}

---Of sources (docs/models.md). They are targets of nothing; `net` as a target means the other neurons.
---@class izhlua.SourceOptions
---@field rate? izhlua.Values|fun(t: number, i: integer): number of "poisson", Hz, 0 … 10000000; a function of time (ms) and number with max
---@field max? number the highest rate that the function returns, Hz
---@field times? number[]|izhlua.Vector|(number[]|izhlua.Vector)[]|izhlua.Spikes of "spike_source", ms, > 0, ascending
---@field file? string in place of times: spikes that izh.spikes reads
---@field columns? table as in izh.spikes, with file; so are base, unit, population
---@field base? integer
---@field unit? string|number
---@field population? string

---@param name string UTF-8 without control characters, at most 200 bytes, as every name
---@param size integer ≥ 0
---@param cell string|izhlua.Cell|izhlua.SourceModel a name in izh.cells, a cell, or what gives spikes from outside
---@param overrides? izhlua.Cell|izhlua.SourceOptions|fun(i: integer, rng: izhlua.Rng): table values in place of the cell's; color = "#d55e00" is that of figures
---@return izhlua.Population
function Network:population(name, size, cell, overrides) end

-- made by scripts/describe.lua: rules
---@alias izhlua.Rule
---| "all_to_all" each source to each target
---| "one_to_one" the k-th source to the k-th target
---| "pairwise_bernoulli" each pair with probability p
---| "fixed_indegree" n random sources for each target
---| "fixed_outdegree" n random targets for each source
---| "fixed_total_number" n random pairs
---| "pairs" the given pairs
---| "matrix" the entries of a matrix of weights

---@class izhlua.RuleOptions
---@field rule? izhlua.Rule default all_to_all
---@field p? number|fun(pre: integer, post: integer): number pairwise_bernoulli: probability of each pair, 0 … 1
---@field n? izhlua.Values fixed_indegree: number of sources of each target, ≥ 0; fixed_outdegree: number of targets of each source, ≥ 0; fixed_total_number: number of synapses, ≥ 0

-- end of rules
---The current of a step is the mean of the synapse's over the step, so that the charge does not depend on dt.
---@class izhlua.ConnectOptions: izhlua.RuleOptions, izhlua.SynapseOptions
---@field weight? number|izhlua.Distribution|number[]|izhlua.Vector|fun(pre: integer, post: integer): number current that a spike adds (delta: mV); may be missing where pairs or a matrix bring it, and wins over what these bring; an array goes with rule pairs
---@field name? string default "E->I"
---@field pairs? integer[][]|table|string of pairs: { { pre, post }, … }, { pre = ids, post = ids, weight =, delay = }, or the path of a file of izhlua or of others (docs/formats.md)
---@field ids? string of pairs: "network" (ids) or "own", k being the k-th of the population given; default "own" of SONATA's edges and of matrices, else "network"
---@field columns? table<string|integer, string|integer|false> of the file: { delay = "lag" }, a name or a number; false leaves a column out
---@field base? integer of the file: the number from which ids count, 0 or 1; default 1 (of SONATA 0)
---@field unit? string|number of the delays in the file: "ms", "s", "us", "ns", or how many ms one is; default what the file says, else ms
---@field population? string of several in the file
---@field matrix? number[][]|izhlua.Vector[]|string of matrix: rows of weights, or a file; a row for each source, a column for each target; 0 and NaN are no synapses
---@field transpose? boolean of matrix: a row for each target
---@field delay? number|izhlua.Distribution|number[]|izhlua.Vector|fun(pre: integer, post: integer): number ms, ≥ 0; default 0: acts in the step that begins at the spike. One number must be a multiple of dt; others are rounded to it
---@field stp? izhlua.StpOptions short-term plasticity (docs/models.md)
---@field storage? "memory"|"none" "none": the synapses are not stored but drawn again, with the same bits, whenever a spike comes (all_to_all, one_to_one, pairwise_bernoulli, fixed_outdegree; weight and delay a number or a distribution); default "memory"
---@field autapses? boolean may a neuron connect to itself; default false
---@field multapses? boolean may a pair have several synapses (fixed_…, pairs); default false

---@param pre izhlua.Population|izhlua.Network
---@param post izhlua.Population|izhlua.Network
---@param options izhlua.ConnectOptions
---@return izhlua.Projection
function Network:connect(pre, post, options) end

---@param target izhlua.Population|izhlua.Network
---@param stimulus izhlua.StimulusSpec
---@return izhlua.Stimulus
function Network:stimulate(target, stimulus) end

---With on_interrupt = "return", a first Ctrl-C ends the run, and the script goes on; a second one ends the program. Other
---calls, and functions of net:at and net:every, are not cut short.
---@param ms number a multiple of dt, ≥ 0
---show = true: the terminal shows the spikes and rates of the last second, until the run is over.
---@param options? { on_interrupt?: "error"|"return", show?: boolean } default error, and false
---@return boolean? whole with "return": whether it ran for so long; net.time says how far it came
function Network:run(ms, options) end
---@param steps? integer default 1
function Network:step(steps) end
---Runs until the condition, asked before every step, is true.
---@param condition fun(net: izhlua.Network): boolean
---@param options? { max?: number, show?: boolean } ms; show as for run
---@return boolean met false when max was reached
function Network:run_until(condition, options) end
---@class izhlua.Call a call that at or every has scheduled
local Call = {}
---It is not made any more.
---@return boolean cancelled false: there was nothing left to cancel
function Call:cancel() end

---Calls f between steps at a time, not before now.
---@param t number
---@param f fun(net: izhlua.Network)
---@return izhlua.Call
function Network:at(t, f) end
---Calls f every so many ms from now.
---@param ms number
---@param f fun(net: izhlua.Network)
---@return izhlua.Call
function Network:every(ms, f) end
---Another network with the whole state of this one: neurons, synapses, spikes on their way, stimuli, recordings with what they have,
---scheduled calls, and the same random numbers to come. Left alone, it goes on as this one does, to the bit, for ever; changed, it meets the
---same noise. What it has is reached by name: clone.projections.inhibition. Its scheduled calls and functions of time are the same functions,
---called with the clone. Clones are freed when nothing refers to them, or by clone:close().
---@param options? { reseed?: integer } the trial that the clone goes on with
---@return izhlua.Network
function Network:clone(options) end
---From the next step on all noise and Poisson sources are those of a trial, as if they had been so from their beginning.
---Wiring and parameters stay. Trials are independent of each other; trial 0 is the network as it was made. So trial k is
---the same in a network that was reseeded at once, in a clone and in what is restored.
---@param trial integer 0 … 4294967295
function Network:reseed(trial) end
---What the network is now, to be restored any number of times: what clone() copies, and its scheduled calls.
---@return izhlua.Snapshot
function Network:snapshot() end
---Makes the network what it was when the snapshot was taken of it. Handles of what there was then stay what they are; those of populations,
---projections, stimuli and recordings made since are of no use any more. Not while the network runs.
---@param snapshot izhlua.Snapshot of this network, not of another, nor of one that it is a clone of
---@param options? { reseed?: integer } the trial that it goes on with
function Network:restore(snapshot, options) end
---Where the time of the last run, step or run_until went, and what the memory is for; prints as a table. Within a run, of
---what was done so far.
---@return izhlua.Profile
function Network:profile() end
---@class izhlua.Warnings in its list part what there is to say, in words: nothing when neurons is 0
---@field neurons integer that went where their scheme is not stable
---@field steps integer in which one did
---@field spikes integer the first of a neuron after such a step: they may be artefacts
---@field neuron? integer the id of the first
---@field time? number ms, when
---@field stable_above? number mV, where the scheme is stable for it; infinity when it is nowhere
---What may be wrong with what the network has done since it was made. docs/numerics.md says how it is found.
---@return izhlua.Warnings
function Network:warnings() end
---Writes the whole state into a file, from which izh.load makes a network that goes on with the same bits. Functions cannot be saved: an error
---while a call is scheduled or a current is a function of time.
---@param path string ending in .izh; appears whole or not at all
function Network:save(path) end
---The spikes with from < t ≤ to. A window beyond what has run is an error.
---@param window? { of?: izhlua.Population|integer|integer[]|izhlua.Vector|izhlua.Network, from?: number, to?: number }
---@return izhlua.Spikes
function Network:spikes(window) end
---Samples the state of neurons, or the weights of a projection, from now on: at the end of each step whose time is a
---multiple of `every`, and at once when now is one. v is as get("v") gives it, after a reset; i_exc, i_inh, i_ext and
---their sum i are the currents of the step that ends there, 0 before the first; those of conductances at the v with
---which the step began (docs/models.md).
---@param target izhlua.Population|izhlua.Network|izhlua.Projection
---@param variables string|string[] "v" "u" "i" "i_exc" "i_inh" "i_ext"; "weight" of a projection
---@param options? izhlua.RecordOptions
---@return izhlua.Recording
function Network:record(target, variables, options) end
---Whose spikes are kept from now on: true for all, as it is from the beginning; false for none; or those of a population or
---slice. Others are dropped when they have arrived, so that a long run does not fill the memory; asking for them is an error.
---@param whose boolean|izhlua.Population|izhlua.Network
function Network:record_spikes(whose) end
---A raster on a page of its own. Without a path, net:raster() or net:raster{ order = "rate" }, it is printed in
---characters, as wide as the terminal (else 80 columns), in ASCII where the locale is not UTF-8. Then options that
---characters cannot show are an error.
---@param path? string|izhlua.raster.Options ending in .pdf, .svg, .png, .eps or .ps
---@param options? izhlua.raster.Options|izhlua.PageOptions
function Network:raster(path, options) end
---Frees the network now; it and its handles cannot be used any more.
---Not allowed in a callback of a run. In a finalizer (__gc) no function can use a network.
function Network:close() end

---@class izhlua.RecordOptions
---@field of? "each"|"mean" mean: of all neurons together, in place of each; default each
---@field every? number ms, a multiple of dt; default 1
---@field name? string default such as "E.v"
---@field to? "memory"|"file" file: all samples to a temporary file; default memory
---@field memory? number MB kept in memory (at most half of what is free); what is more goes to the file; default 1000

---@class izhlua.Population a population, or a slice of one: E:slice(1, 10), E{ 3, 5, 8 }
---@field name string
---@field size integer
---@field ids izhlua.Vector
---@field model string "izhikevich2003" …
---@operator call(integer[]): izhlua.Population
local Population = {}
---@param first integer position in the population
---@param last integer included
---@return izhlua.Population
function Population:slice(first, last) end
---@param quantity string a parameter, or v, u; "clamped", "lesioned": 1 and 0
---@return izhlua.Vector
function Population:get(quantity) end
---set("a", value), set{ a = value, … }, or set(function(i, rng) return { a = …, … } end)
---@param quantity string|table|fun(i: integer, rng: izhlua.Rng): table
---@param value? izhlua.Values
function Population:set(quantity, value) end
---Voltage clamp, from the next step on: v stays at the values given (or where it is), u follows it by its own equation, and
---there are no spikes, until release(). get("clamped") says which are.
---@param options? { v?: izhlua.Values } mV, below the peak
function Population:clamp(options) end
---Ends clamps and lesions: neurons go on from the state in which they were held. An error where none is held.
function Population:release() end
---A lesion, until release(): no spikes from the next step on, v and u stay what they are. Spikes on the way arrive.
---get("lesioned") says which are.
function Population:silence() end

---@class izhlua.Projection
---@field name string
---@field size integer synapses
---@field enabled boolean
local Projection = {}
---Multiplies all weights, for spikes that arrive from now on.
---@param factor number
function Projection:scale(factor) end
---@param quantity "weight"|"delay"|"u"|"x" u and x, 0 … 1, are of short-term plasticity, as a spike would find them now
---@return izhlua.Vector one for each synapse, in the order of synapses(); of u and x one for each source
function Projection:get(quantity) end
---New weights, which no earlier scale() touches.
---@param quantity "weight"|table
---@param value? number|izhlua.Distribution|number[]|izhlua.Vector|fun(pre: integer, post: integer): number
function Projection:set(quantity, value) end
---for pre, post, weight, delay in projection:synapses() do
---@return fun(): integer, integer, number, number
function Projection:synapses() end
---.npz: arrays pre, post, weight, delay; .csv, .tsv: columns pre, post, weight, delay_ms; .h5: SONATA.
---@param path string
function Projection:save(path) end
function Projection:enable() end
---Nothing is delivered until it is enabled again.
function Projection:disable() end

---@class izhlua.Stimulus
---@field name string
local Stimulus = {}
---From the next step on; an error after stop(). noise: mean, sd, correlation; current: amplitude (set(5) for short, which
---makes a ramp, and what has a window or a function, constant); sine: amplitude, frequency, phase, offset; pulse train:
---amplitude, width, period; poisson: rate, weight; spike_train: weight.
---@param what number|string|table
---@param value? izhlua.Values
function Stimulus:set(what, value) end
---@param quantity string current: what each neuron got in the last step; or what can be set, but for amplitude: a vector
---when it was given for each neuron
---@return izhlua.Vector|number
function Stimulus:get(quantity) end
---Nothing from the next step on, for ever: not what has arrived and would decay, either.
function Stimulus:stop() end

---@class izhlua.Recording
---@field name string
---@field size integer samples so far
---@field of "each"|"mean"
---@field every number ms
---@field from number ms, when it began
---@field to number ms, until which it goes
---@field neurons izhlua.Vector ids; empty for a projection
---@field variables string[]
local Recording = {}
---@return izhlua.Vector ms
function Recording:times() end
---@param variable string
---@param k? integer the k-th recorded neuron (a position: neurons has the ids), or synapse in the order of synapses(); may be
---left out when there is one, and must be where the mean was recorded
---@return izhlua.Vector one value for each time
function Recording:values(variable, k) end
---The spikes of the k-th recorded neuron since the recording began, until it was stopped.
---@param k? integer
---@return izhlua.Vector ms
function Recording:spikes(k) end
---.npz: arrays times, neurons, and each variable as (samples, neurons); .csv, .tsv: columns neuron, time_ms, and each variable;
---.npy: the one variable, if it is one. Of a projection "synapse" stands for "neuron".
---@param path string
function Recording:save(path) end
---No more samples are taken.
function Recording:stop() end

---@class izhlua.Spikes
---@field size integer
---@field from number
---@field to number
---@field neurons izhlua.Vector ids of the neurons that were asked for, ascending; those without a spike included
local Spikes = {}
---@return izhlua.Vector ms, ascending
function Spikes:times() end
---@return izhlua.Vector ids
function Spikes:senders() end
---for t, id in spikes:each() do
---@return fun(): number, integer
function Spikes:each() end
---@param part { of?: integer|integer[]|izhlua.Vector|izhlua.Population, from?: number, to?: number } within the window of these spikes
---@return izhlua.Spikes
function Spikes:slice(part) end
---.npz: arrays times, senders, neurons, window; .csv, .tsv: columns time_ms, neuron; .npy: an array of these two columns; .h5:
---SONATA; .nwb: NWB units. See docs/formats.md.
---@param path string
function Spikes:save(path) end

-- Measures: definitions, formulas and sources are in docs/measures.md. All take { of =, from =, to = } as slice does. Each returns
-- one value; print(s:describe("cv")) shows what a number is of. What is not defined is NaN.

---@class izhlua.Explanation prints as "cv 0.83 (n = 37 neurons with ≥ 3 spikes of 50, 0 < t ≤ 1000 ms)"
---@field name string
---@field value number
---@field unit? string
---@field n integer neurons, pairs or trains that the number is the mean of
---@field of integer of how many
---@field each? izhlua.Vector|izhlua.Vector[] with each = true
---@field text string

---What a measure is of: the same measure, called with the same. One that is a table by itself is returned.
---@param measure string its name, such as "cv"
---@param ... any the arguments of the measure
---@return izhlua.Explanation|table
function Spikes:describe(measure, ...) end

---@class izhlua.WindowOptions
---@field from? number ms
---@field to? number ms
---@class izhlua.MeasureOptions: izhlua.WindowOptions
---@field of? integer|integer[]|izhlua.Vector|izhlua.Population
---@class izhlua.EachOptions: izhlua.MeasureOptions
---@field each? boolean a vector of one value for each neuron in the order of s.neurons, or a matrix of one for each pair

---The mean of what was recorded around spikes. A spike counts at the sample nearest to it, and only if its whole window was
---recorded. Of a mean, or of one neuron, all spikes count; of several neurons, those of each at its own samples. With no such
---spike the numbers are NaN.
---@param recording izhlua.Recording of neurons
---@param options { window: number[] } { from, to }: ms before (< 0) or after the spike
---@return { lags: izhlua.Vector, v: izhlua.Vector, n: integer, left_out: integer } found lags in ms, a vector for each recorded variable; how many spikes count, and do not
function Spikes:triggered_average(recording, options) end
-- made by scripts/describe.lua: measures of spikes
---@class izhlua.autocorrelation.Options: izhlua.MeasureOptions
---@field bin? number a multiple of dt; default 1 ms
---@field window? number greatest lag; default 50 ms
---@class izhlua.autocorrelation.Result
---@field lags izhlua.Vector ms
---@field values izhlua.Vector Hz
---@field counts izhlua.Vector pairs of spikes, summed over the neurons
---@field bin number ms
---@field unit string
---the rate of a neuron at each time before and after one of its spikes
---@param options? izhlua.autocorrelation.Options
---@return izhlua.autocorrelation.Result
function Spikes:autocorrelation(options) end
---@class izhlua.avalanches.Options: izhlua.MeasureOptions
---@field bin? number a multiple of dt; default the mean interval between any two spikes in a row (ms)
---@class izhlua.avalanches.Result
---@field sizes izhlua.Vector spikes
---@field durations izhlua.Vector ms
---@field branching_ratio number
---@field bin number ms
---sizes and durations of runs of bins with spikes between two empty ones
---@param options? izhlua.avalanches.Options
---@return izhlua.avalanches.Result
function Spikes:avalanches(options) end
---@class izhlua.burst.Options: izhlua.MeasureOptions
---@field method? "maxinterval"|"logisi" what a burst is; default "maxinterval"
---@field beg_isi? number a burst begins with a shorter interval; default 170 ms
---@field end_isi? number and ends before a longer one; default 300 ms
---@field min_ibi? number bursts less than this apart are one; default 200 ms
---@field min_durn? number then shorter ones are dropped; default 10 ms
---@field min_spikes? integer and those with fewer spikes; default 3
---@field cutoff? number of logisi: intervals within bursts; default 100 ms
---@class izhlua.burst.Item
---@field neuron integer
---@field onset number ms
---@field duration number ms
---@field spikes integer
---bursts of single neurons, neuron by neuron
---@param options? izhlua.burst.Options
---@return izhlua.burst.Item[]
function Spikes:burst(options) end
---@class izhlua.bursts.Options: izhlua.MeasureOptions
---@field bin? number a multiple of dt; default 5 ms
---@field threshold? number a neuron's rate that a bin of a burst exceeds; default half-way between the two levels that the rate has (Hz)
---@field end_threshold? number down to which a burst reaches; default a quarter of the way (Hz)
---@field min_gap? number bursts nearer than this are one; default two bins (ms)
---@field participation? number least share of the neurons; default 0.25
---@field leaders? integer how many neurons are named; default 5
---@class izhlua.bursts.Item
---@field onset number ms, the first spike
---@field stop number ms, the last one
---@field duration number ms
---@field peak number ms, the middle of the fullest bin
---@field peak_rate number Hz
---@field spikes integer
---@field neurons integer
---@field participation number 0 … 1
---@field leaders integer[] the ids that spike first
---network bursts: when a good share of the neurons fires at a high rate
---@param options? izhlua.bursts.Options
---@return izhlua.bursts.Item[]
function Spikes:bursts(options) end
---@class izhlua.correlation_coefficient.Options: izhlua.EachOptions
---@field bin? number a multiple of dt; default 5 ms
---@field binary? boolean a bin counts 1 at most
---Pearson's coefficient of the spike counts of two neurons in bins
---@param options? izhlua.correlation_coefficient.Options
---@return number|izhlua.Vector[]
function Spikes:correlation_coefficient(options) end
---@class izhlua.cross_correlation_histogram.Options
---@field bin? number a multiple of dt; default 1 ms
---@field window? number greatest lag; default 50 ms
---@field border_correction? boolean multiplied by n / (n - |k|), for the bins that overlap at lag k
---@field cross_correlation_coefficient? boolean Pearson's coefficient at each lag in place of pairs
---@class izhlua.cross_correlation_histogram.Result
---@field lags izhlua.Vector ms
---@field values izhlua.Vector
---@field bin number ms
---@field unit string
---pairs of a spike of these and a spike of others, by how much later the other comes
---@param other izhlua.Spikes of the same window
---@param options? izhlua.cross_correlation_histogram.Options
---@return izhlua.cross_correlation_histogram.Result
function Spikes:cross_correlation_histogram(other, options) end
---coefficient of variation of the intervals: 0 of a regular train, 1 of a long Poisson process
---@param options? izhlua.EachOptions
---@return number|izhlua.Vector
function Spikes:cv(options) end
---coefficient of variation of neighbouring intervals: 0 of a regular train, 1 of a long Poisson process
---@param options? izhlua.EachOptions
---@return number|izhlua.Vector
function Spikes:cv2(options) end
---@class izhlua.fanofactor.Options: izhlua.EachOptions
---@field bin? number a multiple of dt; default 100 ms
---@field over? "time"|"trains" counts of a neuron in bins, or of whole trains, which should be trials of one neuron; default "time"
---how much spike counts vary: 1 of a Poisson process, near 0 of a regular train
---@param options? izhlua.fanofactor.Options
---@return number|izhlua.Vector
function Spikes:fanofactor(options) end
---@class izhlua.instantaneous_rate.Options: izhlua.MeasureOptions
---@field kernel? "gaussian"|"rectangular"|"triangular"|"epanechnikov"|"exponential"|"alpha" the last two are causal; default "gaussian"
---@field sigma? number standard deviation of the kernel; default 10 ms
---@field every? number from one value to the next; default 1 ms
---@class izhlua.instantaneous_rate.Result
---@field times izhlua.Vector ms
---@field values izhlua.Vector Hz, the mean over the neurons
---@field kernel string
---@field sigma number ms
---@field every number ms
---@field unit string
---the mean rate of the neurons as a function of time
---@param options? izhlua.instantaneous_rate.Options
---@return izhlua.instantaneous_rate.Result
function Spikes:instantaneous_rate(options) end
---@class izhlua.isi.Options: izhlua.MeasureOptions
---@field each? boolean a list of one vector for each neuron
---the intervals between the spikes of a neuron in ms, neuron by neuron
---@param options? izhlua.isi.Options
---@return izhlua.Vector|izhlua.Vector[]
function Spikes:isi(options) end
---how different the intervals of two neurons are at each time, 0 … 1
---@param options? izhlua.EachOptions
---@return number|izhlua.Vector[]
function Spikes:isi_distance(options) end
---local variation of the intervals: 0 of a regular train, 1 of a long Poisson process
---@param options? izhlua.EachOptions
---@return number|izhlua.Vector
function Spikes:lv(options) end
---@class izhlua.lvr.Options: izhlua.EachOptions
---@field R? number refractoriness constant; default 5 ms
---local variation of the intervals, revised: less of it comes from refractoriness
---@param options? izhlua.lvr.Options
---@return number|izhlua.Vector
function Spikes:lvr(options) end
---spikes for each second, Hz
---@param options? izhlua.EachOptions
---@return number|izhlua.Vector
function Spikes:mean_firing_rate(options) end
---ids of the neurons without a spike
---@param options? izhlua.MeasureOptions
---@return izhlua.Vector
function Spikes:silent(options) end
---how far the spikes of two neurons are apart at each time, next to their intervals, 0 … 1
---@param options? izhlua.EachOptions
---@return number|izhlua.Vector[]
function Spikes:spike_distance(options) end
---@class izhlua.spike_time_tiling_coefficient.Options: izhlua.EachOptions
---@field dt? number so far from a spike is near; default 5 ms
---how many spikes of two neurons are near each other; rates matter little
---@param options? izhlua.spike_time_tiling_coefficient.Options
---@return number|izhlua.Vector[]
function Spikes:spike_time_tiling_coefficient(options) end
---the measures one asks for first, a line for each
---@param options? izhlua.MeasureOptions
---@return string
function Spikes:summary(options) end
---@class izhlua.synchrony.Options: izhlua.MeasureOptions
---@field bin? number a multiple of dt; default 5 ms
---χ of spike counts: 1 when all do the same, about 1/√N when each is on its own
---@param options? izhlua.synchrony.Options
---@return number
function Spikes:synchrony(options) end
---@class izhlua.time_histogram.Options: izhlua.MeasureOptions
---@field bin? number a multiple of dt; default 5 ms
---@field output? "counts"|"mean"|"rate" spikes of all neurons; that divided by the neurons; or that in Hz; default "counts"
---@class izhlua.time_histogram.Result
---@field times izhlua.Vector ms, the middle of each bin
---@field values izhlua.Vector
---@field bin number ms
---@field output string
---@field unit string
---spikes in bins of time
---@param options? izhlua.time_histogram.Options
---@return izhlua.time_histogram.Result
function Spikes:time_histogram(options) end
---@class izhlua.van_rossum_distance.Options: izhlua.EachOptions
---@field time_constant? number τ; default 1000 ms
---the distance of two trains in which each spike is an exponential
---@param options? izhlua.van_rossum_distance.Options
---@return number|izhlua.Vector[]
function Spikes:van_rossum_distance(options) end
---@class izhlua.victor_purpura_distance.Options: izhlua.EachOptions
---@field cost_factor? number q, the cost of moving a spike; default 1 /s
---the least cost of turning one train into the other
---@param options? izhlua.victor_purpura_distance.Options
---@return number|izhlua.Vector[]
function Spikes:victor_purpura_distance(options) end
---@class izhlua.welch_psd.Options: izhlua.MeasureOptions
---@field bin? number a multiple of dt; default 1 ms
---@field n_segments? integer that the window is cut into; default 8
---@field frequency_resolution? number in place of n_segments (Hz)
---@field overlap? number of segments; default 0.5
---@field band? number[] { lowest, highest } frequency for the peak (Hz)
---@class izhlua.welch_psd.Result
---@field frequencies izhlua.Vector Hz
---@field psd izhlua.Vector Hz²/Hz
---@field peak number Hz, where the greatest density is
---@field peak_psd number
---@field frequency_resolution number Hz
---@field segments integer
---@field bin number ms
---@field unit string
---power spectral density of the population rate in Hz a neuron, by the method of Welch
---@param options? izhlua.welch_psd.Options
---@return izhlua.welch_psd.Result
function Spikes:welch_psd(options) end
-- end of measures of spikes

---Numbers kept in C: #x, x[i], ipairs(x). A vector does not change; what is calculated from it is a new one.
---+ - * / ^ go with a vector of the same length, number by number, or with a number.
---@class izhlua.Vector
---@operator add(number|izhlua.Vector): izhlua.Vector
---@operator sub(number|izhlua.Vector): izhlua.Vector
---@operator mul(number|izhlua.Vector): izhlua.Vector
---@operator div(number|izhlua.Vector): izhlua.Vector
---@operator pow(number|izhlua.Vector): izhlua.Vector
---@operator unm: izhlua.Vector
local Vector = {}
---@return izhlua.Vector ascending, NaN last
function Vector:sort() end
---@return number NaN when empty, or with a NaN
function Vector:median() end
---The number below which a share of the numbers lies, between two neighbours in proportion (as numpy does).
---@param share number 0 … 1
---@return number NaN when empty, or with a NaN
function Vector:quantile(share) end
---@param first integer position
---@param last? integer included; default the last
---@return izhlua.Vector
function Vector:slice(first, last) end
---@return izhlua.Vector the sum of the numbers up to each
function Vector:cumsum() end
---@param f fun(x: number, i: integer): number
---@return izhlua.Vector of what f returns for each
function Vector:map(f) end
---@return number NaN when empty
function Vector:mean() end
---@return number of a sample (n - 1); NaN for fewer than two
function Vector:sd() end
---@return number
function Vector:min() end
---@return number
function Vector:max() end
---@return number
function Vector:sum() end
---@return number[]
function Vector:totable() end
---@param path string ending in .npy, .csv, .tsv or .txt; appears whole or not at all
function Vector:save(path) end

return izh
