#include "models/files/png_file.hpp"

#include "models/base/errors.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <csetjmp>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <memory>
#include <png.h>
#include <string_view>
#include <system_error>

namespace basin {

namespace {

/// Runs a step that calls libpng; false if libpng gave up. It leaves by longjmp: the step must own
/// nothing that has a destructor.
template <class Step>
bool completes(png_structp png, const Step& step) {
    if (setjmp(png_jmpbuf(png)) != 0) return false;
    step();
    return true;
}

class PngFile {
public:
    explicit PngFile(const std::string& path)
        : path_(path), file_(std::fopen(path.c_str(), "rb"), &std::fclose) {
        if (!file_)
            fail(fmt::format("cannot be opened: {}", std::generic_category().message(errno)));
        png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, note_error, note_warning);
        if (png_ != nullptr) info_ = png_create_info_struct(png_);
        if (info_ == nullptr) {
            png_destroy_read_struct(&png_, &info_, nullptr);
            throw std::bad_alloc();
        }
        png_set_read_fn(png_, this, read_bytes);
    }
    ~PngFile() { png_destroy_read_struct(&png_, &info_, nullptr); }
    PngFile(const PngFile&) = delete;
    PngFile& operator=(const PngFile&) = delete;

    PngImage read() {
        require([this] {
            // Text, colour profiles and the like: nothing of theirs is used, so nothing is parsed.
            png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
            png_read_info(png_, info_);
        });
        const ImageShape shape = plausible_shape();
        require([this] { ask_for_bytes(); });

        const std::size_t channels = shape.channels + (has_alpha_ ? 1U : 0U);
        const std::size_t row_bytes = shape.width * channels;
        if (png_get_rowbytes(png_, info_) != row_bytes) fail("of a pixel format that is not known");
        std::vector<std::uint8_t> pixels(shape.height * row_bytes);
        std::vector<png_bytep> rows(shape.height);
        for (std::size_t r = 0; r < rows.size(); ++r)
            rows[r] = pixels.data() + r * row_bytes;
        require([&] {
            png_read_image(png_, rows.data());
            png_read_end(png_, nullptr);
        });
        if (has_alpha_) require_opaque(pixels, channels, shape);
        return {shape, planes(pixels, channels, shape)};
    }

private:
    using Text = std::array<char, 128>;

    static PngFile& self(png_structp png) { return *static_cast<PngFile*>(png_get_error_ptr(png)); }

    [[noreturn]] static void note_error(png_structp png, png_const_charp message) {
        Text& error = self(png).error_;
        std::snprintf(error.data(), error.size(), "%s", message);
        png_longjmp(png, 1);
    }

    /// Kept: a warning often says what an error that follows only calls invalid.
    static void note_warning(png_structp png, png_const_charp message) {
        Text& warning = self(png).warning_;
        std::snprintf(warning.data(), warning.size(), " (%s)", message);
    }

    static void read_bytes(png_structp png, png_bytep bytes, std::size_t count) {
        std::FILE* file = self(png).file_.get();
        if (std::fread(bytes, 1, count, file) == count) return;
        png_error(png, std::ferror(file) != 0 ? "a read failed" : "the file ends too early");
    }

    [[noreturn]] void fail(std::string_view problem) const {
        throw InputError(fmt::format("{}: {}", path_, problem));
    }

    template <class Step>
    void require(const Step& step) const {
        if (!completes(png_, step))
            fail(fmt::format("cannot be read as a PNG image: {}{}; replace or remove it",
                             error_.data(), warning_.data()));
    }

    /// The shape that the header announces, once it is one that these bytes can hold.
    ImageShape plausible_shape() const {
        constexpr std::uint64_t most_units = std::numeric_limits<std::int32_t>::max();
        constexpr std::uint64_t most_expansion = 1032; // of deflate: 258 bytes from 2 bits
        const std::uint32_t height = png_get_image_height(png_, info_);
        const std::uint32_t width = png_get_image_width(png_, info_);
        const bool in_colour = (png_get_color_type(png_, info_) & PNG_COLOR_MASK_COLOR) != 0;
        const ImageShape shape{height, width, in_colour ? 3U : 1U, true};

        const std::uint64_t pixels = std::uint64_t{height} * width;
        if (pixels * shape.channels > most_units)
            fail(fmt::format("implausible size {} x {}: more than 2^31 - 1 values", height, width));
        const unsigned pixel_bits =
            unsigned{png_get_bit_depth(png_, info_)} * png_get_channels(png_, info_);
        const std::uint64_t file_bytes = std::filesystem::file_size(path_);
        if (pixels * pixel_bits / 8 > file_bytes * most_expansion)
            fail(fmt::format("truncated or damaged: its header announces {} x {} pixels, more than "
                             "{} bytes can hold; replace or remove it",
                             height, width, file_bytes));
        return shape;
    }

    /// Sets libpng to give 8 bits for each of one or three channels, and for alpha if there is any.
    void ask_for_bytes() {
        if (png_get_color_type(png_, info_) == PNG_COLOR_TYPE_PALETTE)
            png_set_palette_to_rgb(png_);
        else if (png_get_bit_depth(png_, info_) < 8)
            png_set_expand_gray_1_2_4_to_8(png_);
        const bool has_clear_colour = png_get_valid(png_, info_, PNG_INFO_tRNS) != 0;
        if (has_clear_colour) png_set_tRNS_to_alpha(png_);
        has_alpha_ =
            has_clear_colour || (png_get_color_type(png_, info_) & PNG_COLOR_MASK_ALPHA) != 0;
        png_set_scale_16(png_);
        png_set_interlace_handling(png_);
        png_read_update_info(png_, info_);
    }

    /// What lies behind a transparent pixel nobody says, and its own colour is often black.
    void require_opaque(const std::vector<std::uint8_t>& pixels, std::size_t channels,
                        const ImageShape& shape) const {
        for (std::size_t p = 0; p < shape.pixels(); ++p)
            if (const unsigned alpha = pixels[p * channels + channels - 1]; alpha != 255)
                fail(fmt::format("is transparent: the pixel in row {}, column {} (counted from 0) "
                                 "has alpha {} of 255, and no background is declared; flatten the "
                                 "image on the one you mean, as by: magick IN.png -background "
                                 "white -flatten OUT.png",
                                 p / shape.width, p % shape.width, alpha));
    }

    static std::vector<std::uint8_t> planes(const std::vector<std::uint8_t>& pixels,
                                            std::size_t channels, const ImageShape& shape) {
        if (channels == 1) return pixels;
        std::vector<std::uint8_t> values;
        values.reserve(shape.pixels() * shape.channels);
        for (std::size_t c = 0; c < shape.channels; ++c)
            for (std::size_t p = c; p < pixels.size(); p += channels)
                values.push_back(pixels[p]);
        return values;
    }

    std::string path_;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
    png_structp png_ = nullptr;
    png_infop info_ = nullptr;
    Text error_{};
    Text warning_{};
    bool has_alpha_ = false;
};

} // namespace

PngImage read_png(const std::string& path) {
    return PngFile(path).read();
}

} // namespace basin
