#pragma once
// The loops of real_loops.hpp over vectors of any width, by the blocks of Goto and van de Geijn
// (2008): results of some rows and a few vectors of queries stay in registers while k runs; a panel
// of A stays in the first cache, all queries' B in the second. `V` is a vector and its operations.

#include "models/continuous/real_exponential_of.hpp"
#include "models/continuous/real_loops.hpp"

#include <type_traits>
#include <utility>

namespace basin {

// Every file that includes this has a namespace of its own: the same template compiled for two
// machines must not become one function.
namespace {

struct Product {
    template <class V>
    static typename V::Vector add(typename V::Vector a, typename V::Vector b,
                                  typename V::Vector c) {
        return V::fma(a, b, c);
    }
};

struct SquaredDistance {
    template <class V>
    static typename V::Vector add(typename V::Vector a, typename V::Vector b,
                                  typename V::Vector c) {
        const typename V::Vector d = V::subtract(a, b);
        return V::fma(d, d, c);
    }
};

struct ManhattanDistance {
    template <class V>
    static typename V::Vector add(typename V::Vector a, typename V::Vector b,
                                  typename V::Vector c) {
        return V::add(c, V::absolute(V::subtract(a, b)));
    }
};

/// One loop over tiles: Term says what each k adds.
template <class V, class Term>
struct TileLoop {
    using T = typename V::Element;
    using Vector = typename V::Vector;
    using Tile = RealTile<T>;

    static constexpr std::size_t width = V::vectors * V::lanes; ///< queries of a panel
    static constexpr std::size_t most_queries = 256;            ///< that share a packed A
    static constexpr std::size_t packed_size = 256 * 1024 / sizeof(T);
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

    /// The results of R rows and C vectors, in registers: not inline, or what is around it takes
    /// some. `next` is where the block after this one starts in C.
    template <bool terms_side_by_side, std::size_t... R, std::size_t... C>
    [[gnu::noinline]] static void block(std::size_t terms, const T* a, const T* b, T* c,
                                        const T* next, std::size_t c_stride,
                                        std::index_sequence<R...>, std::index_sequence<C...>) {
        constexpr std::size_t rows = sizeof...(R);
        constexpr std::size_t columns = sizeof...(C);
        constexpr std::size_t lanes = V::lanes;
        Vector sums[rows][columns];
        const auto load_row = [&](Vector(&row)[columns], const T* from)
            __attribute__((always_inline)) {
            ((row[C] = V::load(from + C * lanes)), ...);
        };
        const auto add_row = [&](Vector(&row)[columns], Vector left, const Vector(&right)[columns])
            __attribute__((always_inline)) {
            ((row[C] = Term::template add<V>(left, right[C], row[C])), ...);
        };
        const auto store_row = [&](const Vector(&row)[columns], T* to)
            __attribute__((always_inline)) {
            (V::store(to + C * lanes, row[C]), ...);
        };
        (load_row(sums[R], c + R * c_stride), ...);
        (prefetch<3>(next + R * c_stride, columns * lanes), ...);
        for (std::size_t from = 0; from < terms; from += run, a += rows * run) {
            const std::size_t here = smaller(run, terms - from);
            for (std::size_t k = 0; k < here; ++k, b += columns * lanes) {
                Vector right[columns];
                load_row(right, b);
                const T* const left = a + place<terms_side_by_side, rows>(k, 0);
                (add_row(sums[R], V::all(left[place<terms_side_by_side, rows>(0, R)]), right), ...);
            }
        }
        (store_row(sums[R], c + R * c_stride), ...);
    }

    /// Some panels of rows from m on: packed terms k ... k + terms - 1.
    template <bool terms_side_by_side, std::size_t Rows>
    static void row_panels(const Tile& tile, std::size_t k, std::size_t terms, std::size_t m,
                           std::size_t panels, std::size_t query, std::size_t queries,
                           const T* packed_b) {
        alignas(64) T packed_a[most_panels<terms_side_by_side, Rows> * packed_panel<Rows>];
        const T* const a = tile.a + k * tile.term_stride + m * tile.row_stride;
        if constexpr (terms_side_by_side)
            pack_terms<Rows>(tile, terms, a, packed_a);
        else
            pack_rows<Rows>(tile, terms, panels, a, packed_a);
        const T* const next_a = a + panels * Rows * tile.row_stride;
        const std::size_t rows_left = tile.rows - m - panels * Rows;
        const std::size_t next_rows = smaller(panels * Rows, rows_left);
        for (std::size_t p = 0; p < panels; ++p) {
            T* const c = tile.c + (m + p * Rows) * tile.c_stride + query;
            const bool is_last = p + 1 == panels && rows_left < Rows;
            for (std::size_t q = 0; q < queries; q += width) {
                const T* const left = packed_a + p * packed_panel<Rows>;
                const T* const right = packed_b + q * terms;
                const std::size_t wide = smaller(width, queries - q);
                const T* next = c + q + wide;
                if (q + wide == queries) next = is_last ? c : c + Rows * tile.c_stride;
                const std::size_t done = p * queries + q;
                if (next_rows > 0)
                    prefetch_a<terms_side_by_side>(tile, terms, next_rows, next_a, done,
                                                   done + wide, panels * queries);
                if (wide == width)
                    block<terms_side_by_side>(terms, left, right, c + q, next, tile.c_stride,
                                              Count<Rows>(), Count<V::vectors>());
                else if constexpr (width > Tile::query_step) // half, as both are powers of two
                    block<terms_side_by_side>(terms, left, right, c + q, next, tile.c_stride,
                                              Count<Rows>(), Count<V::vectors / 2>());
            }
        }
    }

    /// Panels of the first height as long as there are so many rows, then of the next.
    template <bool terms_side_by_side, std::size_t... Rows>
    static void all_rows(const Tile& tile, std::size_t k, std::size_t terms, std::size_t query,
                         std::size_t queries, const T* packed_b, std::index_sequence<Rows...>) {
        std::size_t m = 0;
        const auto panels_of = [&](std::size_t height, std::size_t most, auto row_panels_of) {
            while (tile.rows - m >= height) {
                const std::size_t panels = smaller(most, (tile.rows - m) / height);
                row_panels_of(tile, k, terms, m, panels, query, queries, packed_b);
                m += panels * height;
            }
        };
        (panels_of(Rows, most_panels<terms_side_by_side, Rows>,
                   row_panels<terms_side_by_side, Rows>),
         ...);
    }

    static void run_tile(const Tile& tile) {
        alignas(64) T packed_b[packed_size];
        for (std::size_t query = 0; query < tile.queries; query += most_queries) {
            const std::size_t queries = smaller(most_queries, tile.queries - query);
            const std::size_t most = smaller(most_terms, packed_size / queries);
            const std::size_t parts = (tile.terms + most - 1) / most;
            std::size_t k = 0;
            for (std::size_t part = 0; part < parts; ++part) {
                const std::size_t terms = (tile.terms - k) / (parts - part);
                pack_b(tile.b + k * tile.b_stride + query, tile.b_stride, terms, queries, packed_b);
                if (tile.term_stride == 1)
                    all_rows<true>(tile, k, terms, query, queries, packed_b, typename V::Heights());
                else
                    all_rows<false>(tile, k, terms, query, queries, packed_b,
                                    typename V::Heights());
                k += terms;
            }
        }
    }
};

template <class V>
constexpr RealLoops<typename V::Element> real_loops_on{
    TileLoop<V, Product>::run_tile, TileLoop<V, SquaredDistance>::run_tile,
    TileLoop<V, ManhattanDistance>::run_tile, exponentials_on<V>};

} // namespace

} // namespace basin
