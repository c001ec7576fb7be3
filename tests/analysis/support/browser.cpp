#include "support/browser.hpp"

#include <cstdlib>
#include <fstream>

namespace basin::tests {
namespace {

// The answer is left in the document for --dump-dom.
constexpr const char* before = R"js(<script>
(async () => {
  const report = document.documentElement;
  while (report.dataset.figures === "drawing") await new Promise((done) => setTimeout(done, 20));
  const answer = { figures: report.dataset.figures };
  const countIn = (item, counts) => {
    if (String(item.role).startsWith("axis")) return counts;
    if (item.marktype && item.marktype !== "group")
      counts[item.marktype] = (counts[item.marktype] || 0) + item.items.length;
    for (const child of item.items || []) countIn(child, counts);
    return counts;
  };
  const countMarks = (view) => countIn(view.scenegraph().root, {});
  // What a button saves.
  const savedBy = async (button) => {
    let blob;
    const { createObjectURL } = URL;
    URL.createObjectURL = (given) => { blob = given; return "#"; };
    button.click();
    URL.createObjectURL = createObjectURL;
    return blob.text();
  };
  try {
)js";
constexpr const char* after = R"js(
  } catch (error) {
    answer.error = String(error.stack);
  }
  const element = document.createElement("pre");
  element.id = "answer";
  element.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(answer))));
  document.body.append(element);
})();
</script>
</body>)js";

/// Of base 64 without line ends: the answer holds markup of its own.
std::string decoded(const std::string& text) {
    const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned held = 0;
    int bits = 0;
    for (const char c : text) {
        const std::size_t digit = digits.find(c);
        if (digit == std::string::npos) break;
        held = (held << 6U | static_cast<unsigned>(digit)) & 0xffffffU;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(held >> static_cast<unsigned>(bits) & 0xffU);
        }
    }
    return bytes;
}

} // namespace

void InBrowser::SetUp() {
    if (std::system("command -v chromium > /dev/null") != 0)
        GTEST_SKIP() << "chromium is not installed";
}

nlohmann::json InBrowser::looked_at(std::string page, const std::string& look) {
    page.replace(page.rfind("</body>"), 7, before + look + after);
    folder_.write("report.html", page);
    const std::string at = folder_.path().string();
    const std::string command =
        "timeout 90 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync "
        "--virtual-time-budget=60000 --enable-logging=stderr --user-data-dir='" +
        at + "/profile' --dump-dom 'file://" + at + "/report.html' > '" + at + "/dom' 2> '" + at +
        "/log'";
    // Virtual time runs on while the browser waits for what is not of it (blobs, images); where the
    // machine is busy it may be over before the look is. Then it is looked at once more, not
    // judged.
    const std::string open = "<pre id=\"answer\">";
    std::string dom;
    std::size_t begin = std::string::npos;
    for (int attempt = 0; attempt < 3 && begin == std::string::npos; ++attempt) {
        EXPECT_EQ(std::system(command.c_str()), 0);
        dom = read_file(folder_ / "dom");
        begin = dom.rfind(open);
    }
    std::ifstream log(folder_ / "log");
    for (std::string line; std::getline(log, line);)
        EXPECT_EQ(line.find("CONSOLE"), std::string::npos) << line;
    if (begin == std::string::npos) {
        ADD_FAILURE() << "the probe did not finish";
        return {};
    }
    const std::size_t from = begin + open.size();
    nlohmann::json answer =
        nlohmann::json::parse(decoded(dom.substr(from, dom.find("</pre>", from) - from)));
    if (answer.contains("error")) ADD_FAILURE() << answer["error"];
    return answer;
}

} // namespace basin::tests
