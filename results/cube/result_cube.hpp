#pragma once
// A results.h5 read back: labelled arrays.

#include <xtensor/xarray.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace basin {

struct CubeAxis {
    std::string name;
    std::string unit;
    std::string long_name;
    bool numeric = true;
    std::vector<double> numbers;     ///< numeric axes
    std::vector<std::string> labels; ///< text of every value, numeric ones in canonical text
    std::size_t size() const { return labels.size(); }
};

struct CubeVariable {
    std::string name;
    std::string unit;
    std::string long_name;
    std::vector<std::string> dimensions; ///< names of axes
};

/// An open result file. Variables are read on demand, all from the file that was opened, even if a
/// run replaces it meanwhile.
class Hypercube {
public:
    /// Throws StoreError: io (no such file), damaged (not a Basin result file, or one that does not
    /// have the checksum it was written with: results/hdf5/checksum_trailer.hpp).
    explicit Hypercube(const std::filesystem::path& file);

    const std::vector<CubeAxis>& axes() const { return axes_; } ///< replicate last
    const std::vector<CubeVariable>& variables() const { return variables_; }
    const std::map<std::string, std::string>& provenance() const { return provenance_; }
    const std::map<std::string, std::string>& attributes() const { return attributes_; }

    const CubeAxis* axis(const std::string& name) const; ///< nullptr if there is none

    /// A variable as doubles over its dimensions; throws std::out_of_range if there is none.
    xt::xarray<double> read(const std::string& variable) const;

private:
    struct Opened;

    std::filesystem::path file_;
    std::shared_ptr<const Opened> opened_;
    std::vector<CubeAxis> axes_;
    std::vector<CubeVariable> variables_;
    std::map<std::string, std::string> provenance_;
    std::map<std::string, std::string> attributes_;
};

/// The provenance of a result file alone; throws as Hypercube does.
std::map<std::string, std::string> provenance_of(const std::filesystem::path& file);

} // namespace basin
