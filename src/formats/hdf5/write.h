/* What HDF5 files are written: see hdf5.h. */
#ifndef IZH_FORMATS_HDF5_WRITE_H
#define IZH_FORMATS_HDF5_WRITE_H

#include "base/output.h"
#include "formats/format.h"

/* Who wrote an NWB file of ours: its session_description. */
#define IZH_H5_SESSION "spikes of a network simulated by izhlua"

izh_status izh_h5_save_spikes(izh_output *out, const izh_spikes_out *spikes, izh_err *err);
izh_status izh_h5_save_units(izh_output *out, const izh_spikes_out *spikes, izh_err *err);
izh_status izh_h5_save_edges(izh_output *out, const izh_edges_out *edges, izh_err *err);

#endif
