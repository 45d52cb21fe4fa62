# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What the launcher says goes to stderr, one line each: stdout belongs to results.

say() { printf 'fairway: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

usage_error() {
  say "$*"
  exit 2
}

# unknown KIND WORD KNOWN...: one line that names the word, the nearest known one and all known ones.
unknown() {
  local kind=$1 word=$2 near
  shift 2
  near=$(nearest "$word" "$@")
  # shellcheck disable=SC2016 # quotes for the reader
  usage_error "unknown $kind '$word'${near:+, did you mean '$near'?} (${*:+there are: }${*:-there is none})"
}

# nearest WORD KNOWN...: the known word at most two edits away (Levenshtein), or nothing.
nearest() {
  local word=$1
  shift
  printf '%s\n' "$@" | awk -v word="$word" '
    function least(a, b, c) { return a < b ? (a < c ? a : c) : (b < c ? b : c) }
    function edits(a, b,   i, j, d) {
      for (i = 0; i <= length(a); i++) d[i, 0] = i
      for (j = 0; j <= length(b); j++) d[0, j] = j
      for (i = 1; i <= length(a); i++)
        for (j = 1; j <= length(b); j++)
          d[i, j] = least(d[i - 1, j] + 1, d[i, j - 1] + 1, d[i - 1, j - 1] + (substr(a, i, 1) != substr(b, j, 1)))
      return d[length(a), length(b)]
    }
    BEGIN { best = 3 }
    { n = edits(word, $0); if (n < best) { best = n; found = $0 } }
    END { print found }'
}
