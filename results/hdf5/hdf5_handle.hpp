#pragma once
// HDF5 identifiers that close themselves, and calls that cannot fail unseen. Debian's HDF5 is not
// thread-safe: one thread at a time.

#include <hdf5.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace basin {

/// A call of HDF5 failed: "cannot <action> <object>: <HDF5's reason>". Callers add which file.
class Hdf5Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

[[noreturn]] void throw_hdf5(std::string_view action, std::string_view object);

/// The result of an HDF5 call; a negative one throws Hdf5Error.
template <class Result>
Result checked(Result result, std::string_view action, std::string_view object) {
    if (result < 0) throw_hdf5(action, object);
    return result;
}

/// An open identifier.
class Hdf5Handle {
public:
    using Close = herr_t (*)(hid_t);

    Hdf5Handle() = default;

    /// Takes over an identifier that a call has just returned; a negative one throws Hdf5Error.
    Hdf5Handle(hid_t id, Close closer, std::string_view action, std::string_view object)
        : id_(checked(id, action, object)), close_(closer) {}

    ~Hdf5Handle() {
        if (id_ >= 0) close_(id_);
    }
    Hdf5Handle(Hdf5Handle&& other) noexcept
        : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
    Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
        std::swap(id_, other.id_);
        std::swap(close_, other.close_);
        return *this;
    }
    Hdf5Handle(const Hdf5Handle&) = delete;
    Hdf5Handle& operator=(const Hdf5Handle&) = delete;

    operator hid_t() const { return id_; } // NOLINT: stands wherever HDF5 wants an identifier

    /// Gives the identifier up without closing it.
    hid_t release() { return std::exchange(id_, H5I_INVALID_HID); }

    /// Closes now, so that a failure to write what was held back is seen.
    void close(std::string_view object) {
        const hid_t id = release();
        if (id >= 0) checked(close_(id), "close", object);
    }

private:
    hid_t id_ = H5I_INVALID_HID;
    Close close_ = nullptr;
};

/// From here on HDF5 does not print its failures itself, nor close at the program's end what is
/// still open: it crashes there on a file that it could not write. Called by all that open files.
void prepare_hdf5();

/// Opens a file for reading, without locking it: a finished file is only ever replaced whole.
Hdf5Handle open_hdf5(const std::filesystem::path& file);

Hdf5Handle open_dataset(hid_t location, const std::string& name);
Hdf5Handle open_group(hid_t location, const std::string& name);

/// Lengths of a dataset's dimensions; none for a scalar.
std::vector<hsize_t> shape_of(hid_t dataset);

/// Number of values of a dataset; 0 if it has a null dataspace.
hsize_t size_of(hid_t dataset);

/// Names of the links of a file's root or of a group, in the order of their creation if the file
/// has kept it.
std::vector<std::string> link_names(hid_t location);

/// Whether a link leads to a dataset. One that leads nowhere throws Hdf5Error.
bool is_dataset(hid_t location, const std::string& name);

} // namespace basin
