#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace basin {

/// How many directions these rows span: rows are taken, the ones that are farthest from the span of
/// those taken before, until none is farther than `radius`. `most`: the rank is known to be no
/// larger; nor is it than the number of columns.
///
/// That is QR with pivoting (up to a factor of 2 in the pivots), by Cholesky factors of the rows'
/// scalar products, of which only those with candidates are computed. Distances are known to about
/// 1e-7 of the longest row, so `radius` should be 1e-6 of it at least. In double, in one order of
/// operations. Nothing if a squared length is not finite. Real: float or double; rows are of one
/// length.
template <class Real>
std::optional<std::size_t> numerical_rank(std::span<const std::span<const Real>> rows,
                                          double radius, std::size_t most);

/// Multiply-adds that it may take: rows x columns x min(rows, columns, most).
std::uint64_t rank_work(std::size_t rows, std::size_t columns, std::size_t most);

} // namespace basin
