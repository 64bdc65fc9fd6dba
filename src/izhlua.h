/* libizhlua: networks of spiking neurons, and measures of their spikes, for programs in C.
 *
 * It is what the program izhlua calculates with, and gives the same spikes: the simulation (core/…), measures
 * of spike trains (analysis/…), and of base/… how a function says that it failed. It has no Lua, no files and
 * no figures. This is the one header to include; examples/c has programs, built as
 *
 *   cc program.c $(pkg-config --cflags --libs izhlua)
 *
 * Functions that fail return izh_status, and fill a message (base/status.h). Nothing prints or exits. Each
 * thread may use a network of its own. */
#ifndef IZHLUA_H
#define IZHLUA_H

#include "analysis/bins.h"
#include "analysis/burst.h"
#include "analysis/correlation.h"
#include "analysis/distance.h"
#include "analysis/intervals.h"
#include "analysis/network_burst.h"
#include "analysis/pairs.h"
#include "analysis/rate.h"
#include "analysis/spectrum.h"
#include "analysis/synchrony.h"
#include "analysis/trains.h"
#include "base/status.h"
#include "base/stop.h"
#include "core/net/net.h"
#include "core/net/profile.h"
#include "core/net/state.h"
#include "core/neuron/population.h"
#include "core/neuron/stray.h"
#include "core/record/recording.h"
#include "core/stimulus/stimulus.h"
#include "core/synapse/projection.h"

#endif
