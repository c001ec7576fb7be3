#pragma once
// Copies of A and B in the order in which real_loops_of.hpp reads them, so that neither cache nor
// pages are missed there. `V` is a vector and its operations.

#include "models/continuous/loops/real_loops.hpp"

#include <utility>

namespace basin {

namespace { // see real_loops_of.hpp

template <class V>
struct Packing {
    using T = typename V::Element;
    using Tile = RealTile<T>;

    static constexpr std::size_t width = V::vectors * V::lanes; ///< queries of a panel
    static constexpr std::size_t most_queries = 256;            ///< that share a packed A
    static constexpr std::size_t packed_size = (1U << 18U) / sizeof(T);
    static constexpr std::size_t most_terms = 1280 / sizeof(T);
    static constexpr std::size_t run = 64; ///< terms of a packed row that lie side by side

    static constexpr std::size_t smaller(std::size_t a, std::size_t b) { return a < b ? a : b; }

    /// Numbers of a packed panel of A.
    template <std::size_t Rows>
    static constexpr std::size_t packed_panel = Rows*(most_terms + run);

    template <std::size_t N>
    using Count = std::make_index_sequence<N>;

    /// Not a loop: compilers would make that a call or a string instruction.
    template <std::size_t... I>
    static void copy(const T* from, T* to, std::index_sequence<I...>) {
        (V::store(to + I * V::lanes, V::load(from + I * V::lanes)), ...);
    }

    /// Where packed A holds term k of row m, within a run: as A lies itself, so that packing copies
    /// whole vectors. A run of R rows takes R * run numbers.
    template <bool terms_side_by_side, std::size_t Rows>
    static constexpr std::size_t place(std::size_t k, std::size_t m) {
        return terms_side_by_side ? m * run + k : k * Rows + m;
    }

    /// Panels of A that are packed together, so that lines of memory are read once.
    template <bool terms_side_by_side, std::size_t Rows>
    static constexpr std::size_t most_panels = terms_side_by_side ? 1 : smaller(8, 56 / Rows);

    /// One panel of A whose terms lie side by side.
    template <std::size_t Rows>
    static void pack_terms(const Tile& tile, std::size_t terms, const T* a, T* packed) {
        for (std::size_t from = 0; from < terms; from += run, packed += Rows * run) {
            const std::size_t here = smaller(run, terms - from);
            for (std::size_t m = 0; m < Rows; ++m) {
                const T* const row = a + m * tile.row_stride + from;
                if (here == run)
                    copy(row, packed + m * run, Count<run / V::lanes>());
                else
                    for (std::size_t k = 0; k < here; ++k)
                        packed[m * run + k] = row[k];
            }
        }
    }

    /// Panels of A whose rows lie side by side, or nothing does.
    template <std::size_t Rows>
    static void pack_rows(const Tile& tile, std::size_t terms, std::size_t panels, const T* a,
                          T* packed) {
        for (std::size_t k = 0; k < terms; ++k, a += tile.term_stride)
            for (std::size_t p = 0; p < panels; ++p) {
                T* const to = packed + p * packed_panel<Rows> + k * Rows;
                if (tile.row_stride == 1)
                    __builtin_memcpy(to, a + p * Rows, Rows * sizeof(T));
                else
                    for (std::size_t m = 0; m < Rows; ++m)
                        to[m] = a[(p * Rows + m) * tile.row_stride];
            }
    }

    /// Asks for lines of numbers into the first cache (3) or the second (2).
    template <int cache>
    static void prefetch(const T* from, std::size_t count) {
        for (std::size_t j = 0; j < count; j += 64 / sizeof(T))
            __builtin_prefetch(from + j, 0, cache);
        __builtin_prefetch(from + count - 1, 0, cache);
    }

    /// Part first / all ... last / all of A's next rows.
    template <bool terms_side_by_side>
    static void prefetch_a(const Tile& tile, std::size_t terms, std::size_t rows, const T* a,
                           std::size_t first, std::size_t last, std::size_t all) {
        if constexpr (terms_side_by_side) {
            for (std::size_t m = rows * first / all; m < rows * last / all; ++m)
                prefetch<2>(a + m * tile.row_stride, terms);
        } else {
            for (std::size_t k = terms * first / all; k < terms * last / all; ++k)
                prefetch<2>(a + k * tile.term_stride, rows);
        }
    }

    /// Panels of `width` queries, [k][query] each; the last may be narrower.
    static void pack_b(const T* b, std::size_t b_stride, std::size_t terms, std::size_t queries,
                       T* packed) {
        for (std::size_t k = 0; k < terms; ++k, b += b_stride)
            for (std::size_t q = 0; q < queries; q += width) {
                const std::size_t wide = smaller(width, queries - q);
                T* const to = packed + q * terms + k * wide;
                if (wide == width)
                    copy(b + q, to, Count<V::vectors>());
                else
                    copy(b + q, to, Count<V::vectors / 2>());
            }
    }
};

} // namespace

} // namespace basin
