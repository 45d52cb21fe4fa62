// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.fairway.cloud.annotation.Syntax;
import java.util.function.Predicate;

/// Patterns of subnet names as cloud-provider-openstack has them.
final class SubnetNames {
  // RE2 writes {1000} out, and re2j then needs a stack as deep as that.
  private static final Pattern COUNTED = Pattern.compile("\\{[0-9]");

  private SubnetNames() {}

  /// A name; a glob with `*` and `?`; a regular expression (RE2) after `~`, which may match
  /// anywhere; after a leading `!`, whatever does not match. RE2 takes time linear in the text, so
  /// that no pattern can keep a worker busy. Counted repetition (`{3}`) is not taken.
  static Syntax.Result<Predicate<String>> matcher(String text) {
    var negated = text.startsWith("!");
    var pattern = negated ? text.substring(1) : text;
    if (pattern.isEmpty() || pattern.equals("~")) {
      return new Syntax.Bad<>("names nothing");
    }
    if (pattern.length() > Forms.LONGEST) {
      return new Syntax.Bad<>("is longer than %d characters".formatted(Forms.LONGEST));
    }
    var regexp = pattern.startsWith("~");
    if (regexp && COUNTED.matcher(pattern).find()) {
      return new Syntax.Bad<>("counts repetitions, which is not taken");
    }
    try {
      var compiled = regexp ? Pattern.compile(pattern.substring(1)) : glob(pattern);
      return new Syntax.Good<>(name -> compiled.matcher(name).find() != negated);
    } catch (PatternSyntaxException e) {
      return new Syntax.Bad<>("is not a regular expression: " + e.getDescription());
    }
  }

  private static Pattern glob(String pattern) {
    var regexp = new StringBuilder("(?s)^");
    for (var character : pattern.split("", -1)) {
      regexp.append(
          switch (character) {
            case "*" -> ".*";
            case "?" -> ".";
            default -> Pattern.quote(character);
          });
    }
    return Pattern.compile(regexp.append('$').toString());
  }
}
