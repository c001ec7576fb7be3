#!/usr/bin/env bash
# tower_order.sh COMPILER CMAKE GENERATOR SOURCE_DIR SWEEPS_INCLUDE_DIRS(colon-separated)
# An include that runs up the tower must fail to compile; a declared one must fail to configure.
set -uo pipefail
compiler=$1 cmake=$2 generator=$3 source_dir=$4
IFS=: read -ra directories <<<"$5"
includes=("${directories[@]/#/-I}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

compiles() { # header
    printf '#include "%s"\n' "$1" >"$scratch/probe.cpp"
    "$compiler" -std=c++20 -fsyntax-only "${includes[@]}" "$scratch/probe.cpp" 2>"$scratch/message"
}

expect() { # description, status of what was tried, expected status
    if [ "$2" -eq "$3" ]; then
        printf 'ok      %s\n' "$1"
    else
        printf 'FAILED  %s\n' "$1"
        failed=1
    fi
}

# As seen from the floor `sweeps`.
compiles sweeps/parameters/value.hpp; expect 'a floor sees itself' $? 0
compiles models/recall/recall.hpp; expect 'a floor sees those below it' $? 0
for header in results/journal/journal.hpp analysis/sweep/report.hpp harness/commands/cli.hpp; do
    [ -f "$source_dir/$header" ] || { printf 'FAILED  no such header: %s\n' "$header"; failed=1; }
    compiles "$header"; expect "sweeps cannot include $header" $? 1
    grep -q 'No such file\|file not found' "$scratch/message"
    expect "  because it is not to be seen" $? 0
done

mkdir "$scratch/project"
cat >"$scratch/project/CMakeLists.txt" <<CMAKE
cmake_minimum_required(VERSION 3.25)
project(probe LANGUAGES NONE)
include("$source_dir/harness/build/BasinFloor.cmake")
basin_floor(models SOURCES none.cpp USES results)
CMAKE
"$cmake" -G "$generator" -S "$scratch/project" -B "$scratch/project/build" >/dev/null 2>"$scratch/message"
expect 'a floor that declares a use of a higher one does not configure' $? 1
grep -q "must not use 'results'" "$scratch/message"
expect '  and the message says so' $? 0
exit $failed
