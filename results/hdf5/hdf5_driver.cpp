#include "results/hdf5/hdf5_driver.hpp"

#include "results/hdf5/hdf5_handle.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <unistd.h>
#include <vector>

namespace basin {

namespace {

/// What HDF5 keeps in a property list for the driver.
struct DriverInfo {
    WriteFailure* failure;
};

struct KeptWrite {
    haddr_t at;
    std::vector<std::uint8_t> bytes;
};

struct DriverFile : H5FD_t {
    int descriptor = -1;
    haddr_t allocated = 0; ///< end of what HDF5 has allocated
    haddr_t written = 0;   ///< end of what was written
    WriteFailure* failure = nullptr;
    std::vector<KeptWrite> kept; ///< since the failure, in their order
};

DriverFile& driver_file(H5FD_t* file) {
    return *static_cast<DriverFile*>(file);
}

const DriverFile& driver_file(const H5FD_t* file) {
    return *static_cast<const DriverFile*>(file);
}

H5FD_t* open_file(const char* name, unsigned flags, hid_t access, haddr_t) {
    const auto* info = static_cast<const DriverInfo*>(H5Pget_driver_info(access));
    if (info == nullptr) return nullptr;
    int mode = O_CLOEXEC | ((flags & H5F_ACC_RDWR) != 0 ? O_RDWR : O_RDONLY);
    if ((flags & H5F_ACC_CREAT) != 0) mode |= O_CREAT;
    if ((flags & H5F_ACC_TRUNC) != 0) mode |= O_TRUNC;
    auto file = std::make_unique<DriverFile>();
    file->descriptor = ::open(name, mode, 0644);
    if (file->descriptor < 0) return nullptr;
    file->written = static_cast<haddr_t>(::lseek(file->descriptor, 0, SEEK_END));
    file->failure = info->failure;
    return file.release();
}

herr_t close_file(H5FD_t* file) {
    const std::unique_ptr<DriverFile> owned(&driver_file(file));
    ::close(owned->descriptor);
    return 0;
}

/// As the driver that HDF5 takes by itself, so that files come out the same.
herr_t query(const H5FD_t*, unsigned long* flags) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
    return 0;
}

haddr_t get_allocated(const H5FD_t* file, H5FD_mem_t) {
    return driver_file(file).allocated;
}

herr_t set_allocated(H5FD_t* file, H5FD_mem_t, haddr_t end) {
    driver_file(file).allocated = end;
    return 0;
}

haddr_t get_written(const H5FD_t* file, H5FD_mem_t) {
    return driver_file(file).written;
}

/// Lays what of `kept` lies in [at, at + size) over `bytes`.
void lay_over(const KeptWrite& kept, haddr_t at, std::size_t size, std::uint8_t* bytes) {
    const haddr_t begin = std::max(at, kept.at);
    const haddr_t end = std::min<haddr_t>(at + size, kept.at + kept.bytes.size());
    if (begin < end)
        std::memcpy(bytes + (begin - at), kept.bytes.data() + (begin - kept.at), end - begin);
}

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t size, void* buffer) {
    const DriverFile& from = driver_file(file);
    auto* bytes = static_cast<std::uint8_t*>(buffer);
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got =
            ::pread(from.descriptor, bytes + done, size - done, static_cast<off_t>(at + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    std::fill(bytes + done, bytes + size, std::uint8_t{0}); // what was never written
    for (const KeptWrite& kept : from.kept)
        lay_over(kept, at, size, bytes);
    return 0;
}

herr_t write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t size, const void* buffer) {
    DriverFile& to = driver_file(file);
    const auto* bytes = static_cast<const std::uint8_t*>(buffer);
    to.written = std::max<haddr_t>(to.written, at + size);
    std::size_t done = 0;
    while (done < size && to.failure->reason == 0) {
        const ssize_t put =
            ::pwrite(to.descriptor, bytes + done, size - done, static_cast<off_t>(at + done));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0)
            to.failure->reason = errno;
        else
            done += static_cast<std::size_t>(put);
    }
    if (done < size) to.kept.push_back({at + done, {bytes + done, bytes + size}});
    return 0;
}

herr_t truncate(H5FD_t* file, hid_t, hbool_t) {
    DriverFile& cut = driver_file(file);
    if (cut.allocated == cut.written) return 0;
    if (cut.failure->reason == 0 &&
        ::ftruncate(cut.descriptor, static_cast<off_t>(cut.allocated)) != 0)
        cut.failure->reason = errno;
    cut.written = cut.allocated;
    return 0;
}

constexpr H5FD_class_t driver_class() {
    H5FD_class_t driver{};
    driver.name = "basin";
    driver.maxaddr = (haddr_t{1} << 62U) - 1;
    driver.fc_degree = H5F_CLOSE_WEAK;
    driver.fapl_size = sizeof(DriverInfo);
    driver.open = open_file;
    driver.close = close_file;
    driver.query = query;
    driver.get_eoa = get_allocated;
    driver.set_eoa = set_allocated;
    driver.get_eof = get_written;
    driver.read = read;
    driver.write = write;
    driver.truncate = truncate;
    constexpr std::array<H5FD_mem_t, H5FD_MEM_NTYPES> kinds H5FD_FLMAP_DICHOTOMY;
    std::ranges::copy(kinds, driver.fl_map);
    return driver;
}

} // namespace

void use_forgiving_driver(hid_t access, WriteFailure& failure) {
    static constexpr H5FD_class_t driver = driver_class();
    static const hid_t id = checked(H5FDregister(&driver), "register", "a file driver");
    const DriverInfo info{&failure};
    checked(H5Pset_driver(access, id, &info), "set", "the file driver");
}

} // namespace basin
