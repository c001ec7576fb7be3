#pragma once
// Readers of CIFAR's binary versions.

#include "models/data/dataset.hpp"

#include <string>

namespace basin {

/// Reads CIFAR-10 images in the binary version of Krizhevsky, *Learning Multiple Layers of Features
/// from Tiny Images* (2009): records of a label (0 to 9, read past) and the planes red, green and
/// blue, 32 x 32 bytes each, row by row. `path` is one such file, gzip or plain, or a folder: then
/// its files data_batch_*.bin, in the order of their names. The test batch is read if it is named.
/// The bank is [count, 3072] of 0 to 255, planar.
/// Throws InputError: cannot open, empty, a size that is no multiple of 3073 bytes, a label above
/// 9, damaged gzip data, a folder without batches.
PatternBank read_cifar10(const std::string& path);

/// The same of CIFAR-100: records of 3074 bytes with a coarse label (0 to 19) and a fine one (0 to
/// 99), both read past; of a folder its train.bin.
PatternBank read_cifar100(const std::string& path);

} // namespace basin
