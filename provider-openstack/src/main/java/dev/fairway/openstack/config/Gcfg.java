// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A file in gcfg, the INI dialect of git's configuration: sections with labels, quotes, escapes,
/// continued lines, keys in any case.
record Gcfg(List<Section> sections) {
  Gcfg {
    sections = List.copyOf(sections);
  }

  /// @param name as written
  /// @param label what stands in quotes after the name
  record Section(String name, Optional<String> label, int line, List<Entry> entries) {}

  /// @param key in lower case
  /// @param value empty where the key stands alone, which means true
  record Entry(String key, Optional<String> value, int line) {}

  /// What cannot be read is told of, without quoting it, since it may be secret; the rest is read.
  static Gcfg parse(String text, Findings findings) {
    return new Reader(text, findings).file();
  }

  private static final class Reader {
    private final String text;
    private final Findings findings;
    private final List<Section> sections = new ArrayList<>();
    private int at;
    private int line = 1;

    Reader(String text, Findings findings) {
      this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
      this.findings = findings;
    }

    Gcfg file() {
      while (at < text.length()) {
        switch (peek()) {
          case '\n', '\r', ' ', '\t' -> next();
          case ';', '#' -> skipLine();
          case '[' -> section();
          default -> entry();
        }
      }
      return new Gcfg(sections);
    }

    private void section() {
      var first = line;
      next();
      skipSpaces();
      var name = word();
      skipSpaces();
      var label = peek() == '"' ? Optional.of(quoted()) : Optional.<String>empty();
      skipSpaces();
      if (name.isEmpty() || peek() != ']') {
        findings.wrong(
            first, "a section must look like [LoadBalancer] or [LoadBalancerClass \"name\"]");
      } else {
        next();
        nothingMore("a section");
      }
      skipLine();
      sections.add(new Section(name, label, first, new ArrayList<>()));
    }

    private void entry() {
      var first = line;
      var key = word();
      skipSpaces();
      if (key.isEmpty()) {
        findings.wrong(first, "this line is neither a section nor 'key = value'");
        skipLine();
        return;
      }
      Optional<String> value = Optional.empty();
      if (peek() == '=') {
        next();
        value = Optional.of(value());
      } else {
        nothingMore("the key " + key);
      }
      skipLine();
      if (sections.isEmpty()) {
        findings.wrong(
            first, "the key %s stands before any section; write [Global] above it".formatted(key));
        return;
      }
      sections.getLast().entries().add(new Entry(key.toLowerCase(Locale.ROOT), value, first));
    }

    private String value() {
      skipSpaces();
      var value = new StringBuilder();
      // How much of it is quoted or not blank: blanks after that are not part of the value.
      var kept = 0;
      while (at < text.length() && "\n;#".indexOf(peek()) < 0) {
        switch (peek()) {
          case '"' -> {
            value.append(quoted());
            kept = value.length();
          }
          case '\\' -> {
            escape(value);
            kept = value.length();
          }
          default -> {
            var character = next();
            value.append(character);
            if (!Character.isWhitespace(character)) {
              kept = value.length();
            }
          }
        }
      }
      return value.substring(0, kept);
    }

    private String quoted() {
      var first = line;
      var value = new StringBuilder();
      next();
      while (at < text.length() && peek() != '"' && peek() != '\n') {
        if (peek() == '\\') {
          escape(value);
        } else {
          value.append(next());
        }
      }
      if (peek() == '"') {
        next();
      } else {
        findings.wrong(first, "a quotation mark is not closed");
      }
      return value.toString();
    }

    private void escape(StringBuilder value) {
      next();
      if (text.startsWith("\r\n", at)) {
        next();
      }
      switch (peek()) {
        case '\n' -> next();
        case '"', '\\' -> value.append(next());
        case 'n' -> value.append(escaped('\n'));
        case 't' -> value.append(escaped('\t'));
        case 'b' -> value.append(escaped('\b'));
        default ->
            findings.wrong(
                line,
                "after \\ only \\ \" n t b or the end of the line may stand; write \\\\ for \\");
      }
    }

    private char escaped(char meant) {
      next();
      return meant;
    }

    private String word() {
      var from = at;
      while (Character.isLetterOrDigit(peek()) || "-_.".indexOf(peek()) >= 0) {
        next();
      }
      return text.substring(from, at);
    }

    private void nothingMore(String after) {
      skipSpaces();
      if (at < text.length() && "\r\n;#".indexOf(peek()) < 0) {
        findings.wrong(
            line,
            "there is more on the line after %s; begin a new line, or write '='".formatted(after));
      }
    }

    private void skipSpaces() {
      while (peek() == ' ' || peek() == '\t') {
        next();
      }
    }

    private void skipLine() {
      while (at < text.length() && peek() != '\n') {
        next();
      }
    }

    // No NUL is in a file of text, so it can stand for the end.
    private char peek() {
      return at < text.length() ? text.charAt(at) : '\0';
    }

    private char next() {
      var character = peek();
      at++;
      if (character == '\n') {
        line++;
      }
      return character;
    }
  }
}
