#pragma once
// What the numbers of an HDF5 dataset mean by its type and by attributes of netCDF (the NetCDF
// Users' Guide, appendix A), of MATLAB and of Octave.

#include "models/data/dataset.hpp"
#include "results/hdf5/hdf5_handle.hpp"

#include <optional>
#include <string>
#include <vector>

namespace basin {

/// A value that stands for none.
struct MissingValue {
    double stored = 0.0;
    std::string attribute; ///< that says so
};

struct DatasetMeaning {
    std::string element;   ///< "integers of 2 bytes"
    bool truth = false;    ///< one byte each, 0 or 1
    bool reversed = false; ///< the axes are in the reverse of the order their writer had them in
    bool packed = false;   ///< value = stored * scale + offset
    double scale = 1.0;
    double offset = 0.0;
    bool is_float32 = false; ///< numbers are compared as such
    std::vector<MissingValue> missing;
    std::optional<double> least;       ///< valid value
    std::optional<double> most;        ///< valid value
    std::optional<ValueRange> of_type; ///< values that the element type can hold, where it tells

    double value(double stored) const { return packed ? stored * scale + offset : stored; }

    /// What the dataset says of its values' range; an end that it leaves open is that of the type,
    /// or of the values themselves. Throws InputError as meaning_of() for one too wide.
    std::optional<DeclaredRange> declared(const ValueRange& extent) const;
};

/// Throws InputError (without file and dataset): not numeric, or an attribute that cannot be
/// honoured. `name` is the dataset's, in `file`.
DatasetMeaning meaning_of(hid_t file, hid_t dataset, const std::string& name);

} // namespace basin
