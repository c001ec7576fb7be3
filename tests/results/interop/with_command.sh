#!/usr/bin/env bash
# with_command.sh COMMAND ARGUMENT...: runs it, or skips the test (77) where it is not installed.
if ! command -v "$1" >/dev/null; then
    printf 'skipped: %s is not installed\n' "$1"
    exit 77
fi
exec "$@"
