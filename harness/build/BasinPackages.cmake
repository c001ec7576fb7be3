# Third-party packages, all from Debian 12. HDF5 is asked for by its serial name: the plain name is
# an alternatives link that turns to the MPI build once that is installed.
find_package(PkgConfig REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(xtensor REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(hdf5 REQUIRED IMPORTED_TARGET hdf5-serial)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(mpfr REQUIRED IMPORTED_TARGET mpfr)
find_library(HDF5_HL hdf5_serial_hl REQUIRED)
