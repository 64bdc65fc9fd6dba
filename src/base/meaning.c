/* Words of Brian2, NEST, PyNN, MATLAB and Python that a user may write where a name of izhlua is expected. */
#include "base/meaning.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct meaning {
  const char *words; /* with blanks between; capitals and _ do not matter */
  const char *at;   /* where: "function", "function:what" or ":what", with blanks between; NULL: everywhere */
  const char *here; /* names of izhlua, with blanks between: the first known one is meant; NULL: see says */
  const char *says; /* a sentence for the message in place of a name, or NULL */
} meaning;

/* The first entry that fits is taken, so entries for one function come before entries for all. */
static const meaning meanings[] = {
    /* izh.… */
    {"neurongroup population populations create group neurons addpopulation layer", "izhlua", NULL,
     "neurons are made by net:population(name, size, cell)"},
    {"synapses synapse connect projection connection connections", "izhlua", NULL,
     "synapses are made by net:connect(pre, post, { weight = … })"},
    {"run simulate sim runsim simulation", "izhlua", NULL, "a network runs by net:run(ms)"},
    {"spikemonitor spikerecorder spikedetector spikegeneratorgroup", "izhlua", NULL,
     "all spikes are kept: net:spikes()"},
    {"statemonitor multimeter voltmeter record recorder monitor probe", "izhlua", NULL,
     "what is recorded is named before the run: net:record(E, { \"v\" })"},
    {"populationratemonitor ratemonitor", "izhlua", "rate", NULL},
    {"stdp plasticity hebbian learning", "izhlua", NULL,
     "weights do not learn by themselves; short-term plasticity is the option stp of net:connect"},
    {"poissongroup poissoninput poissongenerator spikesourcepoisson poissontrain", "izhlua", "poisson", NULL},
    {"spikegenerator spikesource spikesourcearray spiketimes inputspikes", "izhlua", "spike_train", NULL},
    {"ou ornsteinuhlenbeck ounoise colorednoise colourednoise pinknoise", "izhlua", NULL,
     "noise with a time constant is izh.noise{ sd = 5, tau = 10 }"},
    {"noisegenerator noisycurrentsource whitenoise randn gaussian gaussiannoise", "izhlua", "noise", NULL},
    {"dcgenerator dcsource acgenerator acsource stepcurrentgenerator stepcurrentsource stepcurrent iclamp "
     "timedarray inject input stimulus currentclamp dc ac step pulse ramp sine const constant",
     "izhlua", "current", NULL},
    {"net new setup resetkernel startscope sim model brian nest pynn simulator", "izhlua", "network", NULL},
    {"plot line lineplot errorbar", "izhlua", "curve", NULL},
    {"hist", "izhlua", "histogram", NULL},
    {"bar barh barplot", "izhlua", "bars", NULL},
    {"violin violinplot box boxplot swarm swarmplot stripplot", "izhlua", "strip", NULL},
    {"subplot subplots page panel panels fig", "izhlua", "figure", NULL},
    {"imshow imagesc heatmap pcolor pcolormesh", "izhlua", "matrix", NULL},
    {"rasterplot spikeplot plotraster eventplot", "izhlua", "raster", NULL},
    {"voltage potential plottrace timeseries", "izhlua", "trace", NULL},
    {"psd fft pwelch powerspectrum", "izhlua", "spectrum", NULL},
    {"firingrate rates", "izhlua", "rate", NULL},
    {"savetxt savemat csvwrite writetable dump", "izhlua", "write", NULL},
    {"save savefig savefigure saveas export", "izhlua", NULL,
     "each thing saves itself: figure:save(path), spikes:save(path), net:save(path)"},
    {"store snapshot restore", "izhlua", NULL,
     "net:snapshot(), net:restore(snapshot); net:save(path), izh.load(path)"},
    {"open loadmat loadtxt readcsv csvread importdata genfromtxt", "izhlua", "read", NULL},
    {"show display", "izhlua", NULL, "figures are saved; izhlua --open script.lua shows those that were"},
    {"seed rng rngseed setseed randomseed", "izhlua", NULL,
     "the seed is the network's: izh.network{ seed = 7 }"},
    {"ms second seconds us hz khz mv volt pa na nsiemens um unit units", "izhlua", NULL,
     "there are no units to write: times are numbers in ms, potentials in mV, rates in Hz"},
    {"dt timestep resolution defaultclock", "izhlua", NULL,
     "the step is the network's: izh.network{ dt = 0.5 }"},
    {"array list zeros ones linspace arange", "izhlua", "vector", NULL},
    {"rand random uniformdistribution", "izhlua", "uniform", NULL},
    {"randint sample", "izhlua", "choice", NULL},
    {"scan grid gridsearch parametersweep parameterscan explore batch", "izhlua", "sweep", NULL},
    {"argparse args options config params", "izhlua", "parameters", NULL},
    {"neuron neuronmodel neurontypes models celltypes cell types", "izhlua", "cells", NULL},
    {"networkoperation runregularly every at callback", "izhlua", NULL,
     "what is done during a run: net:at(ms, f), net:every(ms, f)"},
    {"elephant measures statistics stats metrics mean cv isi fano corr correlation crosscorrelation "
     "crosscorrelogram ccg cch synchrony",
     "izhlua", NULL, "measures are methods of spikes: net:spikes():cv()"},

    /* members of a network */
    {"t now currenttime getcurrenttime biologicaltime simtime", "network:member", "time", NULL},
    {"timestep resolution gettimestep", "network:member", "dt", NULL},
    {"n numneurons nneurons length count numel", "network:member", "size", NULL},
    {"simulate sim runsim start go evolve runfor", "network:member", "run", NULL},
    {"create add addpopulation neurongroup group addneurons neurons", "network:member", "population", NULL},
    {"pops groups layers", "network:member", "populations", NULL},
    {"project projection addsynapses addprojection wire link synapse", "network:member", "connect", NULL},
    {"synapses connections getconnections edges", "network:member", "projections", NULL},
    {"input inputs inject addinput drive stimulus current noise poisson", "network:member", "stimulate",
     NULL},
    {"monitor statemonitor multimeter voltmeter probe addrecorder watch", "network:member", "record", NULL},
    {"spikemonitor spiketrains spiketimes getspikes events getdata spikerecorder spikedetector firings",
     "network:member", "spikes", NULL},
    {"plot rasterplot plotraster draw show spikeplot figure", "network:member", "raster", NULL},
    {"store state getstate", "network:member", "snapshot", NULL},
    {"reset reinit reinitialize setstate", "network:member", NULL,
     "net:restore(snapshot) goes back to what net:snapshot() has kept; or make another network"},
    {"copy deepcopy duplicate fork", "network:member", "clone", NULL},
    {"schedule after atmtime", "network:member", "at", NULL},
    {"networkoperation runregularly callback periodic", "network:member", "every", NULL},
    {"stop pause abort", "network:member", NULL, "a run ends early by net:run_until(f): when f(net) is true"},
    {"rate rates firingrate meanfiringrate cv isi isis synchrony bursts", "network:member", NULL,
     "measures are of spikes: net:spikes():mean_firing_rate()"},
    {"rngseed randomseed", "network:member", "seed", NULL},
    {"e i exc inh", "network:member", NULL, "a population is reached by its name: net.populations.E"},

    /* members of a population */
    {"v u vm um", "population:member", NULL,
     "the state of its neurons is E:get(\"v\"), and E:set(\"v\", -65) sets it"},
    {"a b c d vr vt vpeak k", "population:member", NULL,
     "a parameter is E:get(\"a\"), and E:set(\"a\", 0.02) sets it"},
    {"ie i iext ioffset current inject injectcurrent", "population:member", NULL,
     "a current is net:stimulate(E, izh.current(5))"},
    {"n num count length numneurons numel", "population:member", "size", NULL},
    {"label", "population:member", "name", NULL},
    {"id index indices indexes gid gids globalids globalid", "population:member", "ids", NULL},
    {"initialize init initialise setparameters tset", "population:member", "set", NULL},
    {"params parameters getparameters", "population:member", "get", NULL},
    {"subgroup subset range view sub", "population:member", "slice", NULL},
    {"fix hold voltageclamp vclamp", "population:member", "clamp", NULL},
    {"kill lesion delete remove disable ablate inactivate", "population:member", "silence", NULL},
    {"enable unsilence unclamp restore revive", "population:member", "release", NULL},
    {"connect project synapses to", "population:member", NULL, "net:connect(E, I, { weight = … })"},
    {"stimulate input noise poisson", "population:member", NULL, "net:stimulate(E, izh.noise{ sd = 5 })"},
    {"record monitor", "population:member", NULL, "net:record(E, { \"v\" })"},
    {"run simulate step", "population:member", NULL, "net:run(ms)"},
    {"spikes spiketrains getdata spiketimes getspikes spikecounts getspikecounts rate rates firingrate "
     "meanfiringrate "
     "meanspikecount cv isi raster",
     "population:member", NULL, "net:spikes{ of = E }"},
    {"each foreach iter", "population:member", NULL, "for _, id in ipairs(E.ids) do … end"},

    /* members of spikes */
    {"t spiketimes", "spikes:member", "times", NULL},
    {"i indices index gids gid sources", "spikes:member", "senders", NULL},
    {"ids", "spikes:member", "neurons", NULL},
    {"n count numspikes nspikes nevents length total spikecount numel", "spikes:member", "size", NULL},
    {"rate rates firingrate firingrates freq frequency meanrate averagerate", "spikes:member",
     "mean_firing_rate", NULL},
    {"cvisi isicv coefficientofvariation irregularity", "spikes:member", "cv", NULL},
    {"ff fano fanof", "spikes:member", "fanofactor", NULL},
    {"psth hist histogram bin binned countspikes spikehistogram spikecounts", "spikes:member",
     "time_histogram", NULL},
    {"smoothrate populationrate ratecurve instrate", "spikes:member", "instantaneous_rate", NULL},
    {"isis intervals interspikeintervals diff isihistogram", "spikes:member", "isi", NULL},
    {"corr corrcoef correlation correlations crosscorr pearson covariance", "spikes:member",
     "correlation_coefficient", NULL},
    {"sttc", "spikes:member", "spike_time_tiling_coefficient", NULL},
    {"cch ccg xcorr crosscorrelation crosscorrelogram correlogram", "spikes:member",
     "cross_correlation_histogram", NULL},
    {"acf acg autocorr autocorrelogram", "spikes:member", "autocorrelation", NULL},
    {"psd spectrum powerspectrum pwelch fft power", "spikes:member", "welch_psd", NULL},
    {"victorpurpura vp", "spikes:member", "victor_purpura_distance", NULL},
    {"vanrossum vr", "spikes:member", "van_rossum_distance", NULL},
    {"sync chi synchronyindex", "spikes:member", "synchrony", NULL},
    {"networkbursts populationbursts", "spikes:member", "bursts", NULL},
    {"trains spiketrains train byneuron", "spikes:member", NULL,
     "the spikes of one neuron are spikes:slice{ of = id }; for t, id in spikes:each() goes through all"},
    {"window timeslice between", "spikes:member", "slice", NULL},
    {"plot raster show draw", "spikes:member", NULL, "izh.figure{ izh.raster(spikes) }:save(\"raster.pdf\")"},
    {"export write tofile savetxt", "spikes:member", "save", NULL},

    /* how the items are reached of what is no table */
    {"items", "population:items", NULL, "E{3, 5} is a slice, E.ids are the ids"},
    {"items", "spikes:items", NULL, "for t, id in spikes:each() do … end goes through them"},
    {"items", "recording:items", NULL, "recording:values(\"v\", 1) are the samples of the first neuron"},
    {"items", "projection:items", NULL,
     "for pre, post, weight, delay in projection:synapses() do … end goes through them"},

    /* members of recordings, vectors, projections, stimuli, figures */
    {"t time", "recording:member", "times", NULL},
    {"v u i vm data get samples events trace analogsignals", "recording:member", "values", NULL},
    {"n count length numsamples", "recording:member", "size", NULL},
    {"ids senders index indices", "recording:member", "neurons", NULL},
    {"plot show", "recording:member", NULL, "izh.figure{ izh.trace(recording) }:save(\"trace.pdf\")"},
    {"mean sd std min max", "recording:member", NULL,
     "values are vectors: recording:values(\"v\", 1):mean()"},
    {"length len count size n numel shape nelements", "vector:member", NULL, "its length is #x"},
    {"std stdev stddev", "vector:member", "sd", NULL},
    {"var variance", "vector:member", NULL, "it is x:sd() ^ 2"},
    {"average avg", "vector:member", "mean", NULL},
    {"minimum", "vector:member", "min", NULL},
    {"maximum", "vector:member", "max", NULL},
    {"tolist table list array astable unpack", "vector:member", "totable", NULL},
    {"sorted", "vector:member", "sort", NULL},
    {"percentile prctile", "vector:member", "quantile", NULL},
    {"append push insert add", "vector:member", NULL,
     "a vector does not change; x:totable() is a table that can"},
    {"plot", "vector:member", NULL, "izh.figure{ izh.curve{ x = …, y = … } }:save(\"curve.pdf\")"},
    {"w weight weights g delays delay d", "projection:member", NULL,
     "its numbers are projection:get(\"weight\") and get(\"delay\")"},
    {"n count length numsynapses nsynapses", "projection:member", "size", NULL},
    {"i j pre post sources targets list edges getconnections", "projection:member", "synapses", NULL},
    {"gain factor multiply mul strength scaleby", "projection:member", "scale", NULL},
    {"remove delete cut lesion block silence off stop disconnect", "projection:member", "disable", NULL},
    {"on restore unblock start release", "projection:member", "enable", NULL},
    {"label", "projection:member stimulus:member recording:member", "name", NULL},
    {"export write tofile", "projection:member recording:member", "save", NULL},
    {"amplitude rate mean sd current i values", "stimulus:member", NULL,
     "it is stimulus:get(\"current\"), and stimulus:set{ … } changes it"},
    {"off remove delete cancel disable end silence", "stimulus:member", "stop", NULL},
    {"start on enable restart", "stimulus:member", NULL,
     "a stimulus works from when it is applied; net:stimulate(target, stimulus) applies another"},
    {"savefig saveas export print write output pdf tofile", "figure:member panel:member", "save", NULL},
    {"show display plot draw open", "figure:member panel:member", NULL,
     "figures are saved; izhlua --open script.lua shows those that were"},

    /* options of izh.network */
    {"timestep h step deltat stepsize resolution", "network:option", "dt", NULL},
    {"rngseed grngseed rng randomseed rngseeds randomstate", "network:option", "seed", NULL},
    {"localnumthreads numthreads nthreads totalnumvirtualprocs workers njobs cores cpus processes parallel",
     "network:option", "threads", NULL},
    {"method solver scheme integration algorithm", "network:option", "integrator", NULL},
    {"tol rtol atol reltol abstol error accuracy precision", "network:option", "tolerance", NULL},
    {"duration tstop simtime tsim tspan tend time runtime t", "network:option", NULL,
     "net:run(ms) says how long it runs"},
    {"n size neurons num numneurons ne ni excitatory inhibitory populations", "network:option", NULL,
     "its neurons are made by net:population(name, size, cell)"},
    {"name label", "network:option", NULL, "a network has no name; its populations have"},
    {"mindelay maxdelay delay", "network:option", NULL, "a delay is an option of net:connect"},

    /* cells: options of net:population, and quantities of get and set */
    {"vm vinit v0init initialv vstart vinitial v", "population", "v0", NULL},
    {"vm v0 vinit initialv voltage potential", "get set", "v", NULL},
    {"um uinit initialu w w0 recovery u", "population", "u0", NULL},
    {"um u0 w recovery", "get set", "u", NULL},
    {"vreset cc reset resetpotential", "population get set", "c", NULL},
    {"vpeak vspike vcut vcutoff vmax peak", "population get set", "vpeak", NULL},
    {"vpeak vth vthresh vthreshold threshold thresh vcut vspike peak", "population get set", "vpeak vt",
     NULL},
    {"vpeak vth vthresh vthreshold threshold thresh vcut vspike peak vt", "population get set", NULL,
     "the models of 2003 and 2004 have their peak at 30 mV and no other threshold"},
    {"el vrest vl restingpotential erest", "population get set", "vr", NULL},
    {"el vrest vl restingpotential erest vr", "population get set", NULL,
     "v at rest follows from a, b, c, d; where it starts is v0"},
    {"cm capacitance", "population get set", "C", NULL},
    {"taum taumembrane", "population get set", "tau", NULL},
    {"rm rin resistance", "population get set", "R", NULL},
    {"i ie iext ioffset iinj idc bias current stim input", "population get set", NULL,
     "an input current is a stimulus: net:stimulate(E, izh.current(5))"},
    {"noise sigma sigmanoise xi", "population get set", NULL,
     "noise is a stimulus: net:stimulate(E, izh.noise{ sd = 5 })"},
    {"tref taurefrac refractory refractoryperiod trefrac absrefractory", "population get set", "refractory",
     NULL},
    {"tref taurefrac refractory refractoryperiod trefrac absrefractory", "population get set", NULL,
     "this model has no refractory period: c, d and u make it pause; lif has one"},
    {"tausyn tausynex tausynin tausyne tausyni taue taui synapse erev erevex erevin ee ei",
     "population get set", NULL,
     "synapses are described where they are made: net:connect(E, I, { synapse = \"exp\", tau = 5, … })"},
    {"n size count num", "population:option", NULL,
     "the size comes before the cell: net:population(\"E\", 80, \"RS\")"},
    {"name label", "population:option", NULL, "the name comes first: net:population(\"E\", 80, \"RS\")"},
    {"type celltype cellclass model neurontype equations eqs neuronmodel", "population:option", "model",
     NULL},
    {"func function init initializer draw random", "population:option", "each", NULL},
    {"rates frequency freq", "population:option", "rate", NULL},
    {"rate rates", "population:option", NULL,
     "sources of spikes are a population: net:population(\"input\", 100, \"poisson\", { rate = 8 })"},
    {"spiketimes", "population:option", "times", NULL},
    {"times spiketimes", "population:option", NULL,
     "sources of spikes are a population: net:population(\"input\", 3, \"spike_source\", { times = { … } })"},

    /* names of cells and models */
    {"izhikevich izhi izh izhikevich2003 izhcell default simple", "population:cell", "RS", NULL},
    {"izhikevich2007", "population:cell", "RS2007", NULL},
    {"excitatory exc e pyramidal pyr regularspiking", "population:cell", "RS", NULL},
    {"inhibitory inh i interneuron basket fastspiking pv", "population:cell", "FS", NULL},
    {"bursting burst intrinsicallybursting intrinsicbursting", "population:cell", "IB", NULL},
    {"chattering ch", "population:cell", "CH", NULL},
    {"thalamocortical relay", "population:cell", "TC", NULL},
    {"lowthresholdspiking lowthreshold som sst", "population:cell", "LTS", NULL},
    {"resonator", "population:cell", "RZ", NULL},
    {"mediumspiny msn striatal", "population:cell", "MSN2007", NULL},
    {"poissongenerator poissongroup spikesourcepoisson", "population:cell", "poisson", NULL},
    {"spikesource spikegenerator spikegeneratorgroup spikesourcearray", "population:cell", "spike_source",
     NULL},
    {"lif iaf iafpscalpha iafpscexp iafpscdelta ifcurrexp ifcurralpha ifcurrdelta integrateandfire "
     "iafcondexp iafcondalpha ifcondexp",
     "population:cell", NULL,
     "a cell of that model is a table: { model = \"lif\", tau =, R =, vr =, vt =, c = }"},
    {"qif", "population:cell", NULL,
     "a cell of that model is a table: { model = \"qif\", C =, k =, vr =, … }"},
    {"hh hodgkinhuxley hhpscalpha hhcondexp hhcondexptraub traub adex aeif aeifcondexp aeifcondalpha eif "
     "eifcondexpisfaista aeifpscalpha brette glif",
     "population:cell model", NULL,
     "that model is not here; izh.cells has the cells that are, of izhikevich2003 and izhikevich2007"},
    {"tonicspiking phasicspiking tonicbursting phasicbursting mixedmode", "population:cell", NULL,
     "the patterns of 2004 are run by izh.patterns.run(\"tonic spiking\")"},
    {"izhikevich izhi izh izhikevichcondexp 2003", ":model", "izhikevich2003", NULL},
    {"2007", ":model", "izhikevich2007", NULL},
    {"iaf iafpscalpha iafpscexp iafpscdelta ifcurrexp ifcurralpha ifcurrdelta integrateandfire leaky",
     ":model", "lif", NULL},
    {"quadratic quadraticintegrateandfire", ":model", "qif", NULL},
    {"hh hodgkinhuxley hhpscalpha hhcondexp adex aeif aeifcondexp aeifcondalpha eif glif", ":model", NULL,
     "it is not among the models: izhikevich2003, izhikevich2007, lif, qif …"},

    /* integrators */
    {"eulerforward forwardeuler explicit", ":integrator", "euler", NULL},
    {"rungekutta rungekutta4 rk ode4 rungekuttafour", ":integrator", "rk4", NULL},
    {"rk45 rkf45 ode45 ode23 ode15s dopri adaptive gsl gslrkf45 exactintegration lsoda cvode solveivp "
     "precise",
     ":integrator", "exact", NULL},
    {"izhikevich izh 2003 netm standard default published", ":integrator", "izhikevich2003", NULL},
    {"exponentialeuler rk2 heun midpoint milstein", ":integrator", NULL,
     "the schemes are izhikevich2003, figure1, euler, rk4, exact"},

    /* options of net:connect */
    {"probability prob pconnect connprob connectionprobability connectivity density epsilon pc sparseness",
     "connect:option", "p", NULL},
    {"indegree outdegree k number num count fanin fanout nsyn nconn convergence divergence", "connect:option",
     "n", NULL},
    {"w weights g j strength gmax gsyn conductance synweight efficacy amplitude gain psp epsp",
     "connect:option", "weight", NULL},
    {"delays delayms latency mindelay conductiondelay axonaldelay dendriticdelay", "connect:option", "delay",
     NULL},
    {"allowautapses allowselfconnections selfconnections autapse selfconnect self", "connect:option",
     "autapses", NULL},
    {"allowmultapses multapse withreplacement replacement multiple", "connect:option", "multapses", NULL},
    {"synapsemodel synapsetype syn receptortype receptor psptype kernel type synspec model shape",
     "connect:option", "synapse", NULL},
    {"tausyn tausynapse taus taudecay taud tausynex tausynin tausyne tausyni taue taui tau1 tau2 tauampa "
     "taugaba timeconstant decay",
     "connect:option poisson:option spike_train:option", "tau", NULL},
    {"taurise taur risetime", "connect:option poisson:option spike_train:option", NULL,
     "exp rises at once, and alpha's one tau is for its rise and its fall"},
    {"erev esyn reversalpotential vrev eexc einh ee ei vsyn", "connect:option", "reversal", NULL},
    {"connspec connector connectiontype topology method how", "connect:option", "rule", NULL},
    {"label id tag", "connect:option", "name", NULL},
    {"i j sources targets list connlist edges conns connections file path filename", "connect:option",
     "pairs", NULL},
    {"sd std sigma weightsd weightstd wsd", "connect:option", NULL,
     "weights that differ are weight = izh.normal(mean, sd)"},
    {"delaysd delaystd delaymean", "connect:option", NULL,
     "delays that differ are delay = izh.uniform(1, 5)"},
    {"sign excitatory inhibitory target inhibition receptors", "connect:option", NULL,
     "an inhibitory synapse is one with a negative weight"},
    {"onpre onpost eq eqs equations", "connect:option", NULL,
     "what a spike does is said by weight and synapse = \"pulse\", \"delta\", \"exp\" or \"alpha\""},
    {"u taurec taufac tsodyks shortterm depression facilitation tm", "connect:option", "stp", NULL},
    {"u taurec taufac tsodyks shortterm depression facilitation tm", "connect:option", NULL,
     "weights stay as they are but for projection:scale and set"},
    {"stdp plastic plasticity learning aplus aminus apre apost", "connect:option", NULL,
     "weights stay as they are but for projection:scale and set"},
    {"threshold condition", "connect:option", NULL,
     "which pairs are connected is said by rule, or by rule = \"pairs\" with a list"},
    {"pulsewidth duration", "connect:option poisson:option spike_train:option", "width", NULL},

    /* rules */
    {"alltoallconnector all full dense alltoall complete fullyconnected", ":rule", "all_to_all", NULL},
    {"onetoone one2one onetooneconnector diagonal pairwise", ":rule", "one_to_one", NULL},
    {"random bernoulli probability fixedprobability fixedprobabilityconnector erdosrenyi sparse "
     "probabilistic "
     "randomuniform",
     ":rule", "pairwise_bernoulli", NULL},
    {"indegree fixednumberpre fixednumberpreconnector fanin convergent", ":rule", "fixed_indegree", NULL},
    {"outdegree fixednumberpost fixednumberpostconnector fanout divergent", ":rule", "fixed_outdegree", NULL},
    {"totalnumber fixednumber fixedtotal fixedtotalnumberconnector multapse", ":rule", "fixed_total_number",
     NULL},
    {"list fromlist fromlistconnector fromfile fromfileconnector explicit custom edges arrayconnector file",
     ":rule", "pairs", NULL},
    {"matrix adjacency adjacencymatrix", ":rule", NULL,
     "from a matrix make a list of pairs: rule = \"pairs\", pairs = { { pre, post, weight }, … }"},
    {"distance distancedependent distancedependentprobability gaussian spatial smallworld", ":rule", NULL,
     "make the list of pairs in the script: rule = \"pairs\", pairs = { { pre, post }, … }"},

    /* kernels of synapses */
    {"ampa", ":synapse", NULL, "a fast excitatory conductance is synapse = \"exp\", tau = 5, reversal = 0"},
    {"nmda", ":synapse", NULL, "a slow excitatory conductance is synapse = \"exp\", tau = 150, reversal = 0"},
    {"gaba gabaa gabab inhibitory inh", ":synapse", NULL,
     "an inhibitory conductance is synapse = \"exp\", tau = 6, reversal = -70; or a current: weight < 0"},
    {"excitatory exc", ":synapse", NULL,
     "an excitatory current is one with a weight > 0: synapse = \"exp\", tau = 5"},
    {"exponential expsyn expdecay pscexp singleexponential decay expcurrent condexp currexp expcond",
     ":synapse", "exp", NULL},
    {"pscalpha alphasynapse alphafunction curralpha condalpha", ":synapse", "alpha", NULL},
    {"jump dirac pscdelta instant instantaneous impulse voltage currdelta", ":synapse", "delta", NULL},
    {"square rect rectangular step box", ":synapse", "pulse", NULL},
    {"doubleexponential doubleexp biexp biexponential exp2syn dualexponential pscbeta betafunction beta",
     ":synapse", NULL, "no kernel has two time constants; alpha has one for its rise and its fall"},
    {"stdp stdpsynapse stdpmechanism tsodykssynapse tsodyks tsodyksmarkramsynapse tsodyks2synapse",
     ":synapse", NULL, "a synapse says what a spike does: pulse, delta, exp or alpha; its weight stays"},
    {"static staticsynapse chemical current currentbased conductance cond coba cuba", ":synapse", NULL,
     "a synapse says what a spike does: pulse, delta, exp or alpha"},
    {"gap gapjunction electrical", ":synapse", NULL, "there are no electrical synapses"},

    /* options of stimuli */
    {"std sigma stdev stddev amp amplitude strength intensity noise", "noise:option set:option", "sd", NULL},
    {"variance var", "noise:option", NULL, "sd is the root of the variance"},
    {"mu offset average dc", "noise:option set:option", "mean", NULL},
    {"dt interval period update hold timestep", "noise:option", "every", NULL},
    {"tau taunoise taucorr", "noise:option", NULL, "noise is white: a current that is drawn anew every ms"},
    {"corr rho common shared", "noise:option", "correlation", NULL},
    {"seed rng", "noise:option poisson:option", NULL,
     "it follows from the seed of the network and the name of the stimulus"},
    {"amp i value current strength level a ie ioffset iinj idc intensity dc amplitudes",
     "current:option set:option", "amplitude", NULL},
    {"amplitudetimes t time", "current:option", "times", NULL},
    {"amplitudevalues", "current:option", "values", NULL},
    {"freq f hz", "current:option", "frequency", NULL},
    {"delay delays", "poisson:option", NULL,
     "the spikes of a stimulus have no delay; from is when it begins"},
    {"start onset tstart begin t0 delay ton starttime", "current:option noise:option poisson:option", "from",
     NULL},
    {"stop offset tstop tend end t1 toff stoptime until", "current:option noise:option poisson:option", "to",
     NULL},
    {"duration dur length", "current:option noise:option poisson:option", "to",
     "to is the time when it ends: from + duration"},
    {"start stop onset from to duration tstart tstop begin end", "noise:option poisson:option", NULL,
     "a stimulus begins when it is applied, and ends by stimulus:stop(): net:at(500, …)"},
    {"frequency freq lambda hz firingrate rates", "poisson:option set:option", "rate", NULL},
    {"num sources count numinputs number", "poisson:option", "n", NULL},
    {"w weights g j strength amplitude amp", "poisson:option spike_train:option", "weight", NULL},
    {"spiketimes spikes t events time", "spike_train:option", "times", NULL},
    {"kernel synapsemodel type", "poisson:option spike_train:option", "synapse", NULL},

    /* what is recorded */
    {"interval dt samplinginterval samplingperiod period step sampling resolution", "record:option", "every",
     NULL},
    {"recordfrom variables variable", "record:option", NULL,
     "variables are the second argument: net:record(E, { \"v\" })"},
    {"label", "record:option", "name", NULL},
    {"file filename path", "record:option", NULL, "a recording is saved after the run: recording:save(path)"},
    {"start stop from", "record:option", NULL,
     "a recording goes on from now until recording:stop(); net:at(ms, …) begins it later"},
    {"vm voltage membranepotential potential membrane", ":variable", "v", NULL},
    {"um w recovery", ":variable", "u", NULL},
    {"isyn current itotal itot input", ":variable", "i", NULL},
    {"gex gsynex isynex isyne ie exc ge ampa", ":variable", "i_exc", NULL},
    {"gin gsynin isynin isyni ii inh gi gaba", ":variable", "i_inh", NULL},
    {"istim iinj external inputcurrent noise", ":variable", "i_ext", NULL},
    {"spikes spike spiketimes", ":variable", NULL, "spikes are always kept: net:spikes()"},

    /* windows, measures, panels */
    {"start begin tstart tmin after since t0", "spikes slice :option", "from", NULL},
    {"stop end tstop tend tmax until before t1 upto", "spikes slice :option", "to", NULL},
    {"population pop populations neuron neurons ids id senders source target gids indices subset", ":option",
     "of", NULL},
    {"neuron ids id indices index gids which", "trace:option", "neurons", NULL},
    {"binsize binwidth dt bins timebin window", ":option", "bin", NULL},
    {"tlag maxlag lags lag", ":option", "window", NULL},
    {"std bandwidth kernelwidth smoothing", ":option", "sigma", NULL},
    {"names", ":option", "labels", NULL},
    {"title suptitle heading", "figure:option", NULL,
     "a panel has the title: izh.raster(net, { title = \"…\" })"},
    {"suptitle heading", ":option", "title", NULL},
    {"figsize size", "figure:option raster:option", "width", "its size is width = and height =, in mm"},
    {"fontsize font textsize", ":option", "text_size", NULL},
    {"ncols cols ncolumns", ":option", "columns", NULL},
    {"nrows rows layout", "figure:option", NULL,
     "panels fill rows of columns = … panels, one row after the other"},
    {"resolution", "figure:option", "dpi", NULL},
    {"sort sortby", "raster:option", "order", NULL},
    {"markers events", ":option", "marks", NULL},
    {"timerange trange window xrange", ":option", "xlim", NULL},
    {"timerange trange window xrange xlim", ":option", "from", "a window is from = and to =, in ms"},
    {"yrange", ":option", "ylim", NULL},
    {"xtitle", ":option", "xlabel", NULL},
    {"ytitle", ":option", "ylabel", NULL},
    {"colour c", ":option", "color", NULL},
    {"cmap", "matrix:option", "colormap", NULL},
    {"vmin vmax", "matrix:option", NULL, "the range of colours is clim = { lo, hi }"},
    {"linewidth lw", "curve:option", "width", NULL},
    {"markersize ms s", "curve:option", "size", NULL},
    {"linestyle ls", "curve:option", "dash", NULL},
    {"axhline hlines axvline vlines axline", ":option", "lines", NULL},
    {"axhspan axvspan", ":option", "bands", NULL},
    {"annotate annotations texts", ":option", "text", NULL},
    {"linewidth lw markersize ms s marker linestyle ls alpha fontname",
     "raster:option rate:option trace:option phase:option histogram:option spectrum:option matrix:option "
     "curve:option figure:option",
     NULL, "lines and dots follow from what is drawn; series of izh.curve have marker, dash, width and size"},
    {"file filename path save savefig", "figure:option", NULL, "figure:save(path) saves it"},

    {"of", "rate:option spectrum:option", NULL, "choose them before: izh.rate(net:spikes{ of = E })"},

    /* experiments */
    {"params parameters grid values vary variables space ranges", "sweep:option", "over", NULL},
    {"repeats ntrials repetitions reps runs n repeat nruns seeds", "sweep:option trials:option", "trials n",
     NULL},
    {"f func fun function model build simulate callback target", "sweep:option trials:option", "run", NULL},
    {"njobs processes parallel threads cores nproc", "sweep:option trials:option", "workers", NULL},
    {"file csv save output cache checkpoint", "sweep:option", "resume", NULL},
    {"baseline control ref", "sweep:option", "reference", NULL},
    {"timeout duration tmax maxtime limit", "run_until:option", "max", NULL},
};

/* The next word of a list, whose words have blanks between them; NULL at its end. */
static const char *next_word(const char *list, size_t *length) {
  list += strspn(list, " ");
  *length = strcspn(list, " ");
  return *length ? list : NULL;
}

/* Whether a word is the same as other[length]. Capitals and _ do not matter. */
static bool same(const char *word, const char *other, size_t length) {
  const char *end = other + length;
  for (;;) {
    while (*word == '_') word++;
    while (other < end && *other == '_') other++;
    if (!*word || other == end) return !*word && other == end;
    if (tolower((unsigned char)*word++) != tolower((unsigned char)*other++)) return false;
  }
}

static bool has_word(const char *list, const char *word) {
  size_t length;
  for (; (list = next_word(list, &length)); list += length)
    if (same(word, list, length)) return true;
  return false;
}

/* Whether the list has "at", "at:what" or ":what". */
static bool has_place(const char *list, const char *at, const char *what) {
  size_t length, n = strlen(at);
  for (; (list = next_word(list, &length)); list += length) {
    size_t name = strcspn(list, ": ");
    if (name > 0 && (name != n || strncmp(list, at, n) != 0)) continue;
    if (name == length) return true;
    const char *kind = list + name + 1;
    if (length - name - 1 == strlen(what) && strncmp(kind, what, length - name - 1) == 0) return true;
  }
  return false;
}

/* The first word of the list that is among the known names, or NULL. */
static const char *first_known(const char *list, const char *const *known) {
  size_t length;
  for (; (list = next_word(list, &length)); list += length)
    for (const char *const *one = known; *one; one++)
      if (strlen(*one) == length && strncmp(*one, list, length) == 0) return *one;
  return NULL;
}

const char *izh_meaning(const char *word, const char *at, const char *what, const char *const *known,
                        const char **says) {
  *says = NULL;
  for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
    const meaning *m = &meanings[i];
    if (!has_word(m->words, word) || (m->at && !has_place(m->at, at, what))) continue;
    const char *meant = m->here ? first_known(m->here, known) : NULL;
    if (m->here && !meant) continue;
    *says = m->says;
    if (m->says) return NULL;
    return meant;
  }
  return NULL;
}
