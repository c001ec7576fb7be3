#pragma once
// The setting that another one is compared with, and the form in which two are the same.

#include "models/scene/setting.hpp"

namespace basin {

/// The reference of a setting of continuous networks: the same setting in float64, its states
/// stored in float64 too, with the exponential that cannot overflow, and up to a fixed point of
/// float64 unless the setting has a tolerance of its own. float64 is rounded itself: it is what
/// others are judged by, not the truth, and a setting that is its own reference has no numerical
/// failures.
Setting reference_of(const Setting& setting);

/// The setting reduced to what the path of a probe depends on; every other field has its default.
/// Settings that are equal in this form have equal paths.
Setting canonical_setting(const Setting& setting);

} // namespace basin
