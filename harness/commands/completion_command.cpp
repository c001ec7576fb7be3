#include "harness/commands/command.hpp"
#include "sweeps/config/config.hpp"
#include "sweeps/parameters/parameters.hpp"

#include <fmt/format.h>

#include <iostream>

namespace basin {

namespace po = boost::program_options;

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string option_names(const Verb& verb) {
    std::vector<std::string> names;
    for (const auto& option : verb.options.options())
        names.push_back("--" + option->long_name());
    names.emplace_back("--help");
    return joined(names);
}

std::string verb_names() {
    std::vector<std::string> names;
    for (const Verb& verb : verbs())
        names.emplace_back(verb.name);
    return joined(names);
}

std::string parameter_words() {
    std::vector<std::string> words;
    for (const Parameter& parameter : parameters())
        words.push_back(std::string(parameter.name) + "=");
    return joined(words);
}

std::string preset_names() {
    std::vector<std::string> names;
    for (const Preset& preset : presets())
        names.emplace_back(preset.name);
    return joined(names);
}

/// A bash completion function; zsh reads it through bashcompinit.
std::string bash_script() {
    std::string cases;
    for (const Verb& verb : verbs())
        cases += fmt::format(
            "        {}) words=\"{}\"{} ;;\n", verb.name, option_names(verb),
            verb.words.empty() ? "" : fmt::format(" others=\"{}\"", joined(verb.words)));
    return fmt::format(R"(_basin() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD-1]}}" words="" others="{}"
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "{} --help --version" -- "$current"))
        return
    fi
    if [ "$previous" = "--set" ]; then
        compopt -o nospace
        COMPREPLY=($(compgen -W "{}" -- "$current"))
        return
    fi
    case "${{COMP_WORDS[1]}}" in
{}    esac
    case "$current" in
        -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
        *) COMPREPLY=($(compgen -f -W "$others" -- "$current")) ;;
    esac
}}
complete -F _basin basin
)",
                       preset_names(), verb_names(), parameter_words(), cases);
}

/// A word of fish: within single quotes it reads \' and \\ and nothing else.
std::string fish_quoted(std::string_view word) {
    std::string quoted = "'";
    for (const char c : word) {
        if (c == '\'' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "'";
}

std::string fish_script() {
    std::string text;
    for (const Verb& verb : verbs()) {
        text += fmt::format("complete -c basin -n __fish_use_subcommand -a {} -d {}\n", verb.name,
                            fish_quoted(verb.help));
        const std::string condition =
            fish_quoted(fmt::format("__fish_seen_subcommand_from {}", verb.name));
        if (!verb.words.empty())
            text += fmt::format("complete -c basin -n {} -a {}\n", condition,
                                fish_quoted(joined(verb.words)));
        for (const auto& option : verb.options.options())
            text += fmt::format("complete -c basin -n {} -l {} -d {}\n", condition,
                                option->long_name(), fish_quoted(option->description()));
    }
    return text;
}

Exit completion(const OptionValues& values) {
    const std::string shell =
        values.count("shell") ? values["shell"].as<std::vector<std::string>>()[0] : "";
    if (shell == "bash")
        std::cout << bash_script();
    else if (shell == "zsh")
        std::cout << "autoload -U +X bashcompinit && bashcompinit\n" << bash_script();
    else if (shell == "fish")
        std::cout << fish_script();
    else
        throw UsageError("completion needs a shell: bash, zsh or fish");
    return Exit::done;
}

} // namespace

Verb completion_verb() {
    po::options_description options("options");
    return {"completion", "SHELL",   "print a completion script for bash, zsh or fish",
            options,      {"shell"}, completion};
}

} // namespace basin
